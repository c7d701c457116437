/** Append-only record of every change and its cause. */
export type { Cause, Change } from "./change.ts";
export { causesTouching, listEffects, listRecent, record } from "./store.ts";
export { LedgerEntry, LedgerPage, presentLedgerEntry } from "./present.ts";
export { historyPage } from "./history.ts";
