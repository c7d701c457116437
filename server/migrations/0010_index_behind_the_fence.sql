-- Row-level security lets an index answer only operators marked leakproof, because others might show a row's value in
-- an error before the fence has judged the row. `like` and the arrays' `@>` are not marked, so that the trigram and facet
-- indexes would lie idle and every search and filter would read the whole table. Neither ever puts a value into an
-- error, so they are marked here. Only a superuser may: on a server where we are none, the answers are the same and
-- come from a scan (an administrator can run the two lines below).
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function pg_catalog.textlike(text, text) leakproof;
    alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
  end if;
end $$;
