-- What filters and sorting compare: `folded` is the resource with every value as it is compared (letter case folded by
-- the product, never by lower(), whose tables differ from version to version), so that any filter is one condition.
-- Text that lists are ordered by is ordered by code point, whatever the locale of the server. Rows written before are
-- found by other filters than `eq` once they are written again.
alter table directory_users
  alter column user_name_key type text collate "C",
  add column display_name_sort text collate "C" not null default '',
  add column folded jsonb not null default '{}';
alter table directory_users
  alter column display_name_sort drop default,
  alter column folded drop default;
alter table directory_groups
  alter column display_name_key type text collate "C",
  add column folded jsonb not null default '{}';
alter table directory_groups alter column folded drop default;

-- The orders in which a list may be walked; `id` and `userName` have theirs. Groups have none by their last change: it
-- changes with every member, and an index on it would make each of those changes touch every other index too.
create index directory_users_display_name on directory_users (org_id, connection_id, display_name_sort, id)
  where deleted_at is null;
create index directory_users_created on directory_users (org_id, connection_id, created_at, id) where deleted_at is null;
create index directory_users_modified on directory_users (org_id, connection_id, modified_at, id)
  where deleted_at is null;
create index directory_groups_created on directory_groups (org_id, connection_id, created_at, id)
  where deleted_at is null;

-- As in 0010: `&&` asks the facet index for any of several values.
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
  end if;
end $$;
