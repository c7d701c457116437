-- What followed from another deed goes back when all of its cause is undone: the preview leads there.
alter table ledger_undo_items add column cause_id uuid;
