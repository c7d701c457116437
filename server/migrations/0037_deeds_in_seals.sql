-- What was done in a sealed stretch of the ledger, each once: tenant ("-" for none), kind of subject, action. So whoever sees
-- a part of the organisation is told of the actions of that part. As the words, it is no part of the seal.
alter table ledger_seals add column deeds text[];
-- Whoever owns the tables is inside the fence too.
alter table ledger_seals no force row level security;
alter table ledger no force row level security;
update ledger_seals s set deeds = array(
  select distinct concat_ws(' ', coalesce(l.tenant_id::text, '-'), l.subject_kind, l.action) from ledger l
  where l.org_id = s.org_id and (l.transaction_id, l.id) >= (s.first_transaction, s.first_id)
    and (l.transaction_id, l.id) <= (s.last_transaction, s.last_id));
alter table ledger force row level security;
alter table ledger_seals force row level security;
alter table ledger_seals alter column deeds set not null, drop column actions;
