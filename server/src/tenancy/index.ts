/** Organisations, tenants, and the transaction that is bound to one organisation. */
export { asOrgId, isId, newId, newOrgId, type OrgId } from "./ids.ts";
export { createSubscriptions, defineEvent, type EventKind, type Subscriptions } from "./events.ts";
export {
  createOrganisations,
  type Opening,
  type Organisations,
  type Transaction,
} from "./transaction.ts";
export {
  findOrganisation,
  findTenant,
  insertOrganisation,
  listTenants,
  type Tenant,
} from "./store.ts";
