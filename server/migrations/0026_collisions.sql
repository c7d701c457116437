-- People made by hand who may be the same as somebody the directory sent: matched behind the requests, joined when an
-- administrator says that it is the same person.
alter table accounts add column employee_number text;
create index accounts_local on accounts (org_id, id) where user_id is null;

alter table accounts drop constraint accounts_status_reason_check;
alter table accounts add constraint accounts_status_reason_check
  check (status_reason in ('directory', 'deleted', 'moved', 'administrator', 'archived', 'joined'));

create table collisions (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  connection_id uuid not null,
  local_account_id uuid not null,
  user_id uuid not null,
  score int not null check (score between 0 and 100),
  reasons text[] not null,
  state text not null check (state in ('suggested', 'same', 'apart')),
  suggested_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  -- What the local account was when it was joined, to be that again when it is split.
  local_status text,
  primary key (org_id, id),
  check ((state = 'suggested') = (decided_at is null)),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, local_account_id) references accounts (org_id, id),
  foreign key (org_id, user_id) references directory_users (org_id, id)
);
create unique index collisions_pair on collisions (org_id, local_account_id, user_id);
create index collisions_state on collisions (org_id, state, score, id);
create index collisions_user on collisions (org_id, user_id);
select fence('collisions');
select fence_tenant('collisions');

-- A person made by hand has no directory user.
alter table account_joins alter column former_user_id drop not null;

-- Whose password a join has moved, so that it finds its way back.
create table sign_in_moves (
  org_id uuid not null,
  join_id uuid not null,
  former_account_id uuid not null,
  account_id uuid not null,
  primary key (org_id, join_id),
  foreign key (org_id, former_account_id) references accounts (org_id, id),
  foreign key (org_id, account_id) references accounts (org_id, id)
);
select fence('sign_in_moves');
