-- What every request writes, with less to do for each row.

-- The employee number as it is compared comes from the product (directory/employee-key.ts): a generated column has its
-- expression compiled anew for every row.
alter table directory_users alter column employee_key drop expression;
drop function employee_key;

-- History has no foreign keys and no list of words: what it is about may be gone, nothing it says may keep something from
-- happening, and one place in the product writes it.
alter table ledger drop constraint ledger_org_id_fkey, drop constraint ledger_cause_kind_check;
alter table provisioning_log
  drop constraint provisioning_log_org_id_connection_id_fkey,
  drop constraint provisioning_log_outcome_check,
  drop constraint provisioning_log_resource_type_check;

-- A foreign key locks the row it points to. Where every row of a directory points to the same one (its connection, its tenant,
-- its role), requests side by side queue at that row and write a list of who holds it. So rows that much points to are never
-- deleted (database/roles.ts takes the right away), and what a request writes about them needs no key: it has read them in the
-- same transaction. A role can be deleted, but not while a rule or a lock gives it, and those keep their keys.
comment on table organisations is 'never deleted';
comment on table tenants is 'never deleted';
comment on table connections is 'never deleted';
comment on table directory_users is 'never deleted';
comment on table directory_groups is 'never deleted';
alter table directory_users drop constraint directory_users_org_id_connection_id_fkey;
alter table directory_groups drop constraint directory_groups_org_id_connection_id_fkey;
alter table memberships drop constraint memberships_org_id_group_id_fkey;
alter table accounts
  drop constraint accounts_org_id_tenant_id_fkey,
  drop constraint accounts_org_id_user_id_fkey,
  drop constraint accounts_org_id_role_id_fkey,
  drop constraint accounts_org_id_directory_role_id_fkey,
  drop constraint accounts_org_id_role_group_id_fkey,
  drop constraint accounts_org_id_directory_role_group_id_fkey;
