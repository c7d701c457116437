-- An archived tenant keeps its rows: accounts there are Disabled; assets, and who holds them, stay as they are.
-- `sort_name` is folded for sorting and searching, by the product from now on.
alter table tenants
  add column archived_at timestamptz,
  add column sort_name text collate "C" not null generated always as (lower(name)) stored;
alter table tenants alter column sort_name drop expression;
create index tenants_sort_name on tenants (org_id, sort_name, id);
alter table accounts drop constraint accounts_status_reason_check;
alter table accounts add constraint accounts_status_reason_check
  check (status_reason in ('directory', 'deleted', 'moved', 'administrator', 'archived'));
-- One tenant's people by name, and how many there are by status, from the index alone.
create index accounts_tenant on accounts (org_id, tenant_id, sort_name, id) include (status);

-- The second fence, inside an organisation: a transaction bound to one tenant sees and writes that tenant's rows only.
-- Unbound it sees all tenants, so that a SCIM request, which may decide about people in several, pays no more than the
-- comparison: an inequality, which the planner takes to be true, so that it plans as if the policy were not there.
create function fence_tenant(target regclass, tenant_column text default 'tenant_id') returns void language plpgsql as $$
begin
  execute format(
    'create policy own_tenant on %s as restrictive using (length(coalesce(current_setting(''app.tenant'', true), '''')) <> 36
      or %I = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
    target, tenant_column);
end $$;
select fence_tenant('tenants', 'id');
select fence_tenant(t::regclass) from unnest(array['connections', 'default_roles', 'group_mappings', 'accounts',
  'asset_statuses', 'asset_categories', 'asset_models', 'locations', 'asset_tag_counters', 'assets', 'custodies',
  'recoveries']) as t;
-- What happens is written down whomever it concerns, and read by whom it concerns.
create policy own_tenant on ledger as restrictive for select using (
  length(coalesce(current_setting('app.tenant', true), '')) <> 36
  or tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- What belongs to a connection is read by whoever sees the connection.
create function fence_connection(target regclass) returns void language plpgsql as $$
begin
  execute format(
    'create policy own_tenant on %s as restrictive for select using (length(coalesce(current_setting(''app.tenant'', true), '''')) <> 36
      or connection_id in (select c.id from connections c))',
    target);
end $$;
select fence_connection('provisioning_log');
select fence_connection('role_applications');

-- Tenants do not see each other's names, so each has names of its own.
drop index connections_name;
create unique index connections_name on connections (org_id, tenant_id, lower(name));
