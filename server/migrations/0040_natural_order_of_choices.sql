-- Models, categories and locations are listed as tenants are: "Room 2" before "Room 10" (see 0039).
create index asset_models_natural_order on asset_models (org_id, tenant_id, natural_order(lower(name)), id);
create index asset_categories_natural_order on asset_categories (org_id, tenant_id, natural_order(lower(name)), id);
create index locations_natural_order on locations (org_id, tenant_id, natural_order(lower(name)), id);
