-- Rules: what decide() reads besides the mirror.
create table default_roles (
  org_id uuid not null,
  connection_id uuid not null,
  tenant_id uuid not null,
  role_id uuid not null,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, role_id) references roles (org_id, id)
);
select fence('default_roles');

create table group_mappings (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  group_id uuid not null,
  tenant_id uuid not null,
  role_id uuid not null,
  priority int not null,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, group_id) references directory_groups (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, role_id) references roles (org_id, id)
);
create unique index group_mappings_group on group_mappings (org_id, group_id, tenant_id);
create unique index group_mappings_priority on group_mappings (org_id, connection_id, priority);
select fence('group_mappings');

-- Sub Accounts: one for each person and tenant. A row is what decide() answered last, and nothing else writes it.
-- user_id is null for a person made by hand; its role is then always a lock.
create table accounts (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  user_id uuid,
  name text not null,
  sort_name text not null,
  email text,
  sort_email text not null,
  user_name text,
  search text not null,
  status text not null check (status in ('active', 'disabled')),
  status_reason text not null check (status_reason in ('directory', 'deleted', 'moved', 'administrator')),
  role_id uuid not null,
  role_origin text not null check (role_origin in ('lock', 'mapping', 'default')),
  role_group_id uuid,
  directory_role_id uuid,
  directory_role_group_id uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, user_id) references directory_users (org_id, id),
  foreign key (org_id, role_id) references roles (org_id, id),
  foreign key (org_id, directory_role_id) references roles (org_id, id),
  foreign key (org_id, role_group_id) references directory_groups (org_id, id),
  foreign key (org_id, directory_role_group_id) references directory_groups (org_id, id)
);
create unique index accounts_user on accounts (org_id, user_id, tenant_id) where user_id is not null;
create index accounts_name on accounts (org_id, sort_name, id);
create index accounts_email on accounts (org_id, sort_email, id);
create index accounts_changed on accounts (org_id, changed_at, id);
create index accounts_status on accounts (org_id, status, sort_name, id);
create index accounts_role on accounts (org_id, role_id, sort_name, id);
create index accounts_origin on accounts (org_id, role_origin, sort_name, id);
create extension if not exists pg_trgm;
create index accounts_search on accounts using gin (search gin_trgm_ops);
select fence('accounts');

create table role_locks (
  org_id uuid not null,
  account_id uuid not null,
  role_id uuid not null,
  reason text,
  locked_by text,
  locked_at timestamptz not null,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) deferrable initially deferred,
  foreign key (org_id, role_id) references roles (org_id, id)
);
select fence('role_locks');

-- Deciding everybody again after a rule edit: resumable, because `position` is the last person done.
create table role_applications (
  org_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  cause_id uuid not null,
  cause_sentence text not null,
  actor_id uuid,
  actor_name text not null,
  total int not null,
  done int not null default 0,
  changed int not null default 0,
  position uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  error text,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id)
);
create index role_applications_connection on role_applications (org_id, connection_id, id);
select fence('role_applications');
