-- As in 0025: who was here before, and what was undone, is seen within the limits of an access role only.
select fence_scope(t::regclass, 'app.tenants', 'tenant_id') from unnest(array['collisions', 'ledger_undos']) as t;
