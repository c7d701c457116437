-- What was added to a facet index and not yet put into its tree is read through from end to end by every filter. With
-- the default of 4 MB that is thousands of people; this is some fifty.
alter index directory_users_facets set (gin_pending_list_limit = 64);
alter index directory_groups_facets set (gin_pending_list_limit = 64);
select gin_clean_pending_list('directory_users_facets'), gin_clean_pending_list('directory_groups_facets');
