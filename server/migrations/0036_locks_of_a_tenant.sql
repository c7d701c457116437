-- A role lock belongs to the tenant of its account, and is seen and counted by whom that tenant's people are seen.
alter table role_locks add column tenant_id uuid;
-- Whoever owns the tables is inside the fence too.
alter table role_locks no force row level security;
alter table accounts no force row level security;
update role_locks l set tenant_id = a.tenant_id from accounts a where a.org_id = l.org_id and a.id = l.account_id;
alter table accounts force row level security;
alter table role_locks force row level security;
alter table role_locks alter column tenant_id set not null,
  add foreign key (org_id, tenant_id) references tenants (org_id, id);
select fence_tenant('role_locks');
select fence_scope('role_locks', 'app.tenants', 'tenant_id');
