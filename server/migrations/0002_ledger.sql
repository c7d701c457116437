-- Append-only: every change and its cause. Ids are UUIDv7, so their order is the order of time.
create table ledger (
  org_id uuid not null references organisations,
  id uuid not null,
  at timestamptz not null default now(),
  tenant_id uuid,
  action text not null,
  sentence text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_name text not null,
  actor_id uuid,
  actor_name text not null,
  cause_kind text not null check (cause_kind in ('scim', 'administrator', 'rules', 'system')),
  cause_id uuid,
  cause_sentence text not null,
  before jsonb,
  after jsonb,
  primary key (org_id, id)
);
create index ledger_subject on ledger (org_id, subject_id, id);
create index ledger_cause on ledger (org_id, cause_id, id) where cause_id is not null;
select fence('ledger');
-- The product's role is given no UPDATE and no DELETE on it (database/roles.ts).
comment on table ledger is 'append-only';
