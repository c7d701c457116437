-- What people did, among what their directory did: to be undone. A request of the directory writes nothing into this index.
create index ledger_deeds on ledger (org_id, transaction_id, id) where cause_kind in ('administrator', 'undo', 'system');
