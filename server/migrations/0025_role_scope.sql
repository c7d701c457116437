-- A custom access role may be limited to some tenants, locations and categories; null is no limit.
alter table roles
  add column tenant_ids uuid[],
  add column location_ids uuid[],
  add column category_ids uuid[],
  add check (key is null or (tenant_ids is null and location_ids is null and category_ids is null));

-- The third fence, within an organisation: a transaction bound to such a role sees and writes what is inside its limits
-- only. app.tenants, app.locations and app.categories are arrays of ids as text; empty or absent is no limit. Whether there
-- is one is asked by <>, which the planner takes for nearly always true: without limits it plans as if they were not there.
create function fence_scope(target regclass, setting text, limited text) returns void language plpgsql as $$
begin
  execute format(
    'create policy %I on %s as restrictive using (left(coalesce(current_setting(%L, true), ''''), 1) <> ''{''
      or %I = any(nullif(current_setting(%L, true), '''')::uuid[]))',
    'within_' || replace(setting, '.', '_'), target, setting, limited, setting);
end $$;
select fence_scope('tenants', 'app.tenants', 'id');
select fence_scope(t::regclass, 'app.tenants', 'tenant_id') from unnest(array['connections', 'default_roles',
  'group_mappings', 'accounts', 'asset_statuses', 'asset_categories', 'asset_models', 'locations', 'asset_tag_counters',
  'assets', 'custodies', 'recoveries', 'rehires', 'lobby']) as t;
select fence_scope('locations', 'app.locations', 'id');
select fence_scope('assets', 'app.locations', 'location_id');
select fence_scope('asset_categories', 'app.categories', 'id');
select fence_scope('assets', 'app.categories', 'category_id');

-- What is about an asset is seen by whoever sees the asset. `offset 0` has each row looked up by its key: else the planner
-- would read all assets to remember them.
create policy within_assets on custodies as restrictive using (
  (left(coalesce(current_setting('app.locations', true), ''), 1) <> '{' and left(coalesce(current_setting('app.categories', true), ''), 1) <> '{')
  or exists (select from assets a where a.org_id = custodies.org_id and a.id = custodies.asset_id offset 0));
create policy within_assets on recovery_items as restrictive using (
  (left(coalesce(current_setting('app.locations', true), ''), 1) <> '{' and left(coalesce(current_setting('app.categories', true), ''), 1) <> '{')
  or exists (select from custodies c where c.org_id = recovery_items.org_id and c.id = recovery_items.custody_id offset 0));
create policy within_assets on recoveries as restrictive for select using (
  (left(coalesce(current_setting('app.locations', true), ''), 1) <> '{' and left(coalesce(current_setting('app.categories', true), ''), 1) <> '{')
  or exists (select from recovery_items i where i.org_id = recoveries.org_id and i.recovery_id = recoveries.id offset 0));
create policy within_app_tenants on ledger as restrictive for select using (
  left(coalesce(current_setting('app.tenants', true), ''), 1) <> '{'
  or tenant_id = any(nullif(current_setting('app.tenants', true), '')::uuid[]));
create policy within_assets on ledger as restrictive for select using (
  (left(coalesce(current_setting('app.locations', true), ''), 1) <> '{' and left(coalesce(current_setting('app.categories', true), ''), 1) <> '{')
  or (subject_kind = 'asset' and exists (select from assets a where a.org_id = ledger.org_id and a.id = ledger.subject_id offset 0))
  or subject_kind not in ('asset', 'location', 'category', 'model'));
create policy within_app_tenants on provisioning_log as restrictive for select using (
  left(coalesce(current_setting('app.tenants', true), ''), 1) <> '{' or connection_id in (select c.id from connections c));
create policy within_app_tenants on role_applications as restrictive for select using (
  left(coalesce(current_setting('app.tenants', true), ''), 1) <> '{' or connection_id in (select c.id from connections c));
