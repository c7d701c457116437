-- A role lock may end by itself.
alter table role_locks add column expires_at timestamptz;
create index role_locks_expiry on role_locks (org_id, expires_at, account_id) where expires_at is not null;

-- Whose lock keeps a role that the directory would not give.
create index accounts_drifted on accounts (org_id, sort_name, id)
  where role_origin = 'lock' and directory_role_id <> role_id;
