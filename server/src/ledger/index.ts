/** Append-only record of every change and its cause: written by all, looked through, exported, sealed and verified. */
export type { Cause, Change } from "./change.ts";
export { historyPage } from "./history.ts";
export { LedgerEntry, LedgerPage, presentLedgerEntry } from "./present.ts";
export { registerLedgerRoutes, type LedgerNeeds } from "./routes.ts";
export { sealLedger, sealLedgersJob } from "./seals/seal-ledger.ts";
export { verifyLedger, type Verification } from "./seals/verify-ledger.ts";
export { listRecent } from "./find/list-recent.ts";
export { causesTouching, findLatest, listEffects, record } from "./store.ts";
export { applyUndo, undoJob } from "./undo/apply-undo.ts";
export type { Undoer } from "./undo/plan.ts";
export type { AnyReversal, Irreversible, Reversal, Reversals } from "./undo/reversal.ts";
export { registerUndoRoutes } from "./undo/routes.ts";
