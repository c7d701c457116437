create table asset_statuses (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('deployable', 'pending', 'undeployable', 'archived')),
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
create unique index asset_statuses_name on asset_statuses (org_id, tenant_id, lower(name));
select fence('asset_statuses');

create table asset_categories (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  name text not null check (name <> ''),
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
create unique index asset_categories_name on asset_categories (org_id, tenant_id, lower(name));
select fence('asset_categories');

create table asset_models (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  name text not null check (name <> ''),
  manufacturer text,
  category_id uuid,
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, category_id) references asset_categories (org_id, id)
);
create unique index asset_models_name on asset_models (org_id, tenant_id, lower(name));
select fence('asset_models');

create table locations (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  name text not null check (name <> ''),
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
create unique index locations_name on locations (org_id, tenant_id, lower(name));
select fence('locations');

-- The next free asset tag of a tenant.
create table asset_tag_counters (
  org_id uuid not null,
  tenant_id uuid not null,
  next int not null,
  primary key (org_id, tenant_id),
  foreign key (org_id, tenant_id) references tenants (org_id, id)
);
select fence('asset_tag_counters');

-- The *_key columns are folded for sorting and for looking a tag up: row-level security lets an index answer a
-- comparison of columns, and not one of lower(column), whose function is not leakproof.
create table assets (
  org_id uuid not null,
  id uuid not null,
  tenant_id uuid not null,
  tag text not null check (tag <> ''),
  tag_key text not null,
  name text,
  name_key text not null,
  serial text,
  model_id uuid,
  category_id uuid,
  status_id uuid not null,
  location_id uuid,
  purchased_on date,
  cost numeric(14, 2),
  notes text,
  search text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, tenant_id) references tenants (org_id, id),
  foreign key (org_id, model_id) references asset_models (org_id, id),
  foreign key (org_id, category_id) references asset_categories (org_id, id),
  foreign key (org_id, status_id) references asset_statuses (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);
create unique index assets_tag on assets (org_id, tenant_id, tag_key);
create index assets_tenant_name on assets (org_id, tenant_id, name_key, id);
create index assets_tenant_changed on assets (org_id, tenant_id, changed_at, id);
create index assets_by_tag on assets (org_id, tag_key, id);
create index assets_by_name on assets (org_id, name_key, id);
create index assets_changed on assets (org_id, changed_at, id);
create index assets_status on assets (org_id, status_id, tag_key, id);
create index assets_category on assets (org_id, category_id, tag_key, id);
create index assets_model on assets (org_id, model_id, tag_key, id);
create index assets_location on assets (org_id, location_id, tag_key, id);
create index assets_search on assets using gin (search gin_trgm_ops) with (fastupdate = off);
select fence('assets');
