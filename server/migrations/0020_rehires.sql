-- People who left and came back as somebody new to the directory: recognised by their employee number, joined when an
-- administrator says that it is the same person.

-- An employee number as it is compared. Cut, because an index entry has a limit and a number as long as that is none.
create function employee_key(employee_number text) returns text language sql immutable parallel safe as
$$ select nullif(lower(left(btrim(employee_number), 200) collate "C"), '') $$;

alter table directory_users add column employee_key text collate "C" generated always as
  (employee_key(document -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' ->> 'employeeNumber')) stored;
create index directory_users_employee on directory_users (org_id, connection_id, employee_key)
  where employee_key is not null and deleted_at is null;
create index directory_users_former_employee on directory_users (org_id, connection_id, employee_key, deleted_at)
  where employee_key is not null and deleted_at is not null;

-- Somebody who left, and somebody who has the same employee number and may be the same person.
create table rehires (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  connection_id uuid not null,
  former_user_id uuid not null,
  returned_user_id uuid not null,
  employee_number text not null,
  state text not null check (state in ('suggested', 'same', 'apart')),
  suggested_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  primary key (org_id, id),
  check ((state = 'suggested') = (decided_at is null)),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, connection_id) references connections (org_id, id),
  foreign key (org_id, former_user_id) references directory_users (org_id, id),
  foreign key (org_id, returned_user_id) references directory_users (org_id, id)
);
create unique index rehires_pair on rehires (org_id, former_user_id, returned_user_id);
create index rehires_returned on rehires (org_id, returned_user_id);
create index rehires_state on rehires (org_id, state, id);
select fence('rehires');
select fence_tenant('rehires');

-- Which Sub Accounts a join (a rehire that is one person) has brought together: what was of `former_account_id` is now
-- of `account_id`. Where they are the same, the account itself went over to the person's new directory user.
create table account_joins (
  org_id uuid not null,
  join_id uuid not null,
  former_account_id uuid not null,
  account_id uuid not null,
  former_user_id uuid not null,
  is_lock_moved boolean not null,
  primary key (org_id, join_id, former_account_id),
  foreign key (org_id, former_account_id) references accounts (org_id, id),
  foreign key (org_id, account_id) references accounts (org_id, id),
  foreign key (org_id, former_user_id) references directory_users (org_id, id)
);
create index account_joins_account on account_joins (org_id, account_id);
select fence('account_joins');

-- The account that goes on for this one; lists show that one only.
alter table accounts add column joined_to uuid,
  add foreign key (org_id, joined_to) references accounts (org_id, id);

-- Which custodies a join has moved, so that they find their way back when it is split.
create table custody_moves (
  org_id uuid not null,
  join_id uuid not null,
  custody_id uuid not null,
  former_account_id uuid not null,
  primary key (org_id, join_id, custody_id),
  foreign key (org_id, custody_id) references custodies (org_id, id),
  foreign key (org_id, former_account_id) references accounts (org_id, id)
);
select fence('custody_moves');
