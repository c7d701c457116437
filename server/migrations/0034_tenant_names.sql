-- A tenant's name is taken once, whatever its letters look like. The product folds it (Unicode NFKC, lower case), because
-- lower() of a database does so by its locale, and by "C" for ASCII alone. What is there keeps the key by which it was unique.
alter table tenants add column name_key text collate "C" not null generated always as (lower(name)) stored;
alter table tenants alter column name_key drop expression;
create unique index tenants_name_key on tenants (org_id, name_key);
drop index tenants_name;
