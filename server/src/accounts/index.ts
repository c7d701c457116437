/** Sub Accounts, and the decision that makes them: default role, group mappings, locks, tenants. */
export { accountDirectory } from "./account-directory.ts";
export { applyDecisions, applyDecisionsFrom } from "./apply-decisions.ts";
export { applyRules, applyRulesJob } from "./apply-rules.ts";
export { decideEverybodyAgain, disableLocalAccounts, enableLocalAccounts } from "./close-tenant.ts";
export { changeDefaultRole } from "./edit-rules.ts";
export {
  accountsDisabled,
  accountsEnabled,
  accountsJoined,
  accountsReaddressed,
  accountsSplit,
  localJoined,
  localSplit,
  madeByHand,
  type AccountsJoined,
  type AccountsMoved,
} from "./events.ts";
export { expireLocks, expireLocksJob } from "./expire-locks.ts";
export { holdPeople } from "./hold-people.ts";
export { joinAccounts, splitAccounts } from "./join-accounts.ts";
export { joinLocalAccount, splitLocalAccount } from "./join-local.ts";
export { createLocalAccount } from "./local-accounts.ts";
export { requireMayFeed } from "./may-map.ts";
export { accountPermissions } from "./permissions.ts";
export type { AccountSurroundings } from "./present.ts";
export { registerAccountRoutes } from "./routes.ts";
export { registerLobbyRoutes } from "./lobby-routes.ts";
export { registerRuleRoutes } from "./rule-routes.ts";
export { registerSafeguardRoutes } from "./safeguard-routes.ts";
export {
  accountsOfPerson,
  findAccount,
  listAccountsMadeByHand,
  listAccountsOf,
  lockAccount,
} from "./store/account.ts";
export {
  accountMatches,
  accountSummary,
  nameAccounts,
  type AccountSummary,
} from "./store/account-summary.ts";
export { countAccountsByTenant, summarizeAccounts } from "./store/list.ts";
export {
  attributesReadIn,
  readDecisionInputs,
  type DecisionInputs,
} from "./store/decision-inputs.ts";
export {
  attributesRead,
  countAttributeRules,
  countMappedGroups,
  findDefaultRole,
  isMapped,
  listUnmappedGroups,
  saveDefaultRole,
} from "./store/rules.ts";
export { presentApplication } from "./present.ts";
export { accountIrreversible, accountReversals } from "./undo/index.ts";
