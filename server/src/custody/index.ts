/** Who holds what: check-out, check-in, and the recoveries that get a leaver's items back. */
export { checkIn } from "./check-in.ts";
export { checkOut } from "./check-out.ts";
export { closeRecoveries } from "./close-recoveries.ts";
export { giveBackItems, joinItems } from "./join-items.ts";
export { holdings } from "./holdings.ts";
export { openRecoveries } from "./open-recoveries.ts";
export { custodyPermissions } from "./permissions.ts";
export { registerRecoveryRoutes } from "./recovery-routes.ts";
export { registerCustodyRoutes } from "./routes.ts";
export { countHeld } from "./store/custodies.ts";
export { countDisabledHoldersByTenant, summarizeRecoveries } from "./store/recoveries.ts";
export { custodyIrreversible, custodyReversals } from "./undo.ts";
