-- Tenants are listed as people count: "Customer 2" before "Customer 10". A number in a name is compared as if it had twenty
-- digits. A collation of ICU would do it too, but not every PostgreSQL has ICU, and its indexes are to be made anew
-- whenever another version of it comes with the operating system.
create function natural_order(name text) returns text language sql immutable strict parallel safe
return regexp_replace(regexp_replace(name, '\d+', repeat('0', 20) || '\&', 'g'), '\d*(\d{20})(?!\d)', '\1', 'g');
drop index tenants_sort_name;
create index tenants_natural_order on tenants (org_id, natural_order(sort_name), id);
