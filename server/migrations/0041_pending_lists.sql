-- What a GIN index takes in waits in a list that somebody's request has to sort in when it is full: 4 MB held one request
-- up for 60 to 90 ms every few thousand, and every search reads the whole list.
alter index accounts_search set (gin_pending_list_limit = 128);
alter index directory_users_facets set (gin_pending_list_limit = 128);
alter index directory_groups_facets set (gin_pending_list_limit = 128);
alter index held_changes_search set (gin_pending_list_limit = 128);
alter index lobby_search set (gin_pending_list_limit = 128);
