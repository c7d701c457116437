/** Organisations, tenants, and the transaction that is bound to one organisation. */
export { asOrgId, isId, newId, newOrgId, type OrgId } from "./ids.ts";
export { createSubscriptions, defineEvent, type EventKind, type Subscriptions } from "./events.ts";
export {
  createOrganisations,
  holdAlone,
  holdShared,
  StartAgain,
  type InOrganisation,
  type Opening,
  type Organisations,
  type Transaction,
} from "./transaction.ts";
export { withinTenant } from "./tenant-binding.ts";
export {
  archivedTenants,
  countTenants,
  findOrganisation,
  findTenant,
  keepTenant,
  insertOrganisation,
  insertTenant,
  listTenants,
  pageOfTenants,
  renameTenant,
  setArchived,
  type Tenant,
} from "./store.ts";
export { limitsNow, withinLimits, type Limits } from "./limits.ts";
export { withinScope, type Scope } from "./scope-binding.ts";
