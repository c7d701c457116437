-- The order in which the ledger took its entries in. Ids are made before the commit, so an entry may become visible after
-- younger ones; the transaction it was written by tells. All of a transaction that is over are there, or none will ever be
-- (pg_snapshot_xmin), and so what is sealed up to there is final. The number is the transaction's, moved on after a dump
-- was restored into a cluster whose transactions are counted from anew (ledger/seals/keep-clock.ts).
create function ledger_clock() returns bigint language sql volatile as
  $$ select pg_current_xact_id()::text::bigint + 0 $$;
create function ledger_horizon() returns bigint language sql volatile as
  $$ select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 0 $$;

alter table ledger add column transaction_id bigint not null default ledger_clock();
create index ledger_taken_in on ledger (org_id, transaction_id, id);

alter table ledger drop constraint ledger_cause_kind_check;
alter table ledger add constraint ledger_cause_kind_check
  check (cause_kind in ('scim', 'administrator', 'rules', 'undo', 'system'));

-- A seal is over the entries after those of the seal before it, up to `last_transaction, last_id`. `members` is each
-- entry's id (16 bytes) and the SHA-256 of its canonical bytes (32 bytes), in order; `hash` is over all of the seal and
-- the hash of the one before. `words` and `actions` are no part of it: they are what the entries can be found by, a batch at a time, so that
-- no filter of the ledger needs an index that every request would have to write.
create table ledger_seals (
  org_id uuid not null references organisations,
  number int not null,
  first_transaction bigint not null,
  first_id uuid not null,
  last_transaction bigint not null,
  last_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  entries int not null,
  members bytea not null,
  previous bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  words tsvector not null,
  actions text[] not null,
  primary key (org_id, number)
);
create index ledger_seals_words on ledger_seals using gin (words);
select fence('ledger_seals');
comment on table ledger_seals is 'append-only';

-- As in 0010: so that the index answers behind the fence. Without it the seals are scanned, a thousandth of the ledger.
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
  end if;
end $$;
