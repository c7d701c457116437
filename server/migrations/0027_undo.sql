-- Undoing from the ledger: what was asked for, and what it comes to, thing by thing. The plan is the preview; applying it
-- does exactly that, or says of a thing why not.
create table ledger_undos (
  org_id uuid not null references organisations,
  id uuid not null,
  -- Of whoever made it, where they see one tenant only.
  tenant_id uuid,
  -- What is undone, in words: "what happened from … to …".
  scope_sentence text not null,
  state text not null check (state in ('planned', 'running', 'done')),
  planned_at timestamptz not null,
  planned_by uuid not null,
  planned_by_name text not null,
  started_at timestamptz,
  finished_at timestamptz,
  actor_id uuid,
  actor_name text,
  primary key (org_id, id)
);
select fence('ledger_undos');
select fence_tenant('ledger_undos');

-- `reversal` is null for what cannot be undone. Of a thing only the values that would change are kept.
create table ledger_undo_items (
  org_id uuid not null,
  undo_id uuid not null,
  position int not null,
  state text not null check (state in ('planned', 'done', 'refused')),
  reversal text,
  label text not null,
  subject_kind text not null,
  subject_id uuid,
  subject_name text not null,
  entries int not null,
  entry_ids uuid[] not null,
  current_values jsonb,
  wanted_values jsonb,
  consequence text,
  why text,
  primary key (org_id, undo_id, position),
  foreign key (org_id, undo_id) references ledger_undos (org_id, id)
);
create index ledger_undo_items_state on ledger_undo_items (org_id, undo_id, state, position);
select fence('ledger_undo_items');
