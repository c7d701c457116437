export { LedgerCausePage } from "./cause-page.tsx";
export { LedgerEntryPage } from "./entry-page.tsx";
export { LedgerPage } from "./ledger-page.tsx";
export { UndoPage } from "./undo-page.tsx";
