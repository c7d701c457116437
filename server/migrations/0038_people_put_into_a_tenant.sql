-- Whom a lock puts into a tenant: they are decided about when it is archived, though no rule leads there.
create index role_locks_placed on role_locks (org_id, tenant_id, account_id) where places;
