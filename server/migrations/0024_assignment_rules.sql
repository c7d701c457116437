-- A rule asks for a group, or for an attribute of the person: `attribute` is its path as an administrator writes it,
-- `attribute_keys` where the folded document has it, `operands` what it is compared with, as written and folded alike.
alter table group_mappings
  alter column group_id drop not null,
  add column attribute text,
  add column attribute_keys text[],
  add column operator text check (operator in ('is', 'starts-with', 'ends-with', 'domain', 'present')),
  add column operands text[],
  add column folded_operands text[],
  add check ((group_id is null) = (attribute is not null)),
  add check ((attribute is null) = (operator is null) and (attribute is null) = (attribute_keys is null)
    and (attribute is null) = (operands is null) and (attribute is null) = (folded_operands is null));

-- Without a role the default is "nobody": whom no rule takes waits in the lobby.
alter table default_roles alter column role_id drop not null;

-- The attribute condition a role comes from, in words; a group is named by its id.
alter table accounts
  add column role_condition text,
  add column directory_role_condition text;

-- A lock that puts its person into the tenant, also where no rule leads there.
alter table role_locks add column places boolean not null default false;

-- People no rule takes. They have no account; `name`, `sort_name` and `search` are for the list.
create table lobby (
  org_id uuid not null,
  user_id uuid not null,
  connection_id uuid not null,
  tenant_id uuid not null,
  name text not null,
  sort_name text collate "C" not null,
  email text,
  search text not null,
  active boolean not null,
  since timestamptz not null,
  primary key (org_id, user_id),
  foreign key (org_id, user_id) references directory_users (org_id, id) deferrable initially deferred,
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
create index lobby_name on lobby (org_id, sort_name, user_id);
create index lobby_connection on lobby (org_id, connection_id, sort_name, user_id);
create index lobby_search on lobby using gin (search gin_trgm_ops);
select fence('lobby');
select fence_tenant('lobby');
