-- The mirror: what the identity provider said. `document` is the resource as sent; the columns beside it are the
-- searched and unique parts of it (`name` is what to call the person, `email` where to write to), the *_key ones
-- folded for case-insensitive equality. `facets` holds one 64-bit
-- hash for each (connection, attribute path, folded value), so that any `eq` filter is answered from one index.
create table directory_users (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  user_name text not null,
  user_name_key text not null,
  external_id text,
  display_name text,
  name text not null,
  email text,
  active boolean not null,
  document jsonb not null,
  facets bigint[] not null,
  version int not null default 1,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create unique index directory_users_user_name
  on directory_users (org_id, connection_id, user_name_key) where deleted_at is null;
create index directory_users_external_id on directory_users (org_id, connection_id, external_id);
create index directory_users_live on directory_users (org_id, connection_id, id) where deleted_at is null;
create index directory_users_facets on directory_users using gin (facets);
select fence('directory_users');

create table directory_groups (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  display_name text not null,
  display_name_key text not null,
  external_id text,
  document jsonb not null,
  facets bigint[] not null,
  version int not null default 1,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create unique index directory_groups_external_id
  on directory_groups (org_id, connection_id, external_id) where deleted_at is null and external_id is not null;
create unique index directory_groups_display_name
  on directory_groups (org_id, connection_id, display_name_key) where deleted_at is null and external_id is null;
create index directory_groups_name on directory_groups (org_id, connection_id, display_name_key, id);
create index directory_groups_live on directory_groups (org_id, connection_id, id) where deleted_at is null;
create index directory_groups_facets on directory_groups using gin (facets);
select fence('directory_groups');

-- Who is in which group: a row each, so that adding one member to a group of 100,000 touches one row.
-- A member is a directory user or a nested group of the same connection.
create table memberships (
  org_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  member_kind text not null check (member_kind in ('User', 'Group')),
  added_at timestamptz not null,
  primary key (org_id, group_id, member_id),
  foreign key (org_id, group_id) references directory_groups (org_id, id)
);
create index memberships_member on memberships (org_id, member_id, group_id);
select fence('memberships');
