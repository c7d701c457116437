import { record, type Cause } from "#ledger";
import { defineEvent, insertOrganisation, type Tenant, type Transaction } from "#tenancy";
import { insertBuiltInRoles } from "./store/roles.ts";

export type OrganisationCreated = { readonly superTenant: Tenant; readonly cause: Cause };

/** Raised in the transaction that makes an organisation, so that modules add what each organisation starts with. */
export const organisationCreated = defineEvent<OrganisationCreated>("access.organisation-created");

/** Makes the organisation that the transaction is bound to: its super tenant, the built-in roles, what modules add. */
export const createOrganisation = async (
  tx: Transaction,
  name: string,
  cause: Cause,
): Promise<Tenant> => {
  const superTenant = await insertOrganisation(tx, name);
  await insertBuiltInRoles(tx);
  record(tx, cause, [
    {
      action: "organisation.created",
      sentence: `Organisation ${name} made`,
      subject: { kind: "organisation", id: tx.orgId, name },
      tenantId: superTenant.id,
      after: { name },
    },
  ]);
  await tx.raise(organisationCreated, { superTenant, cause });
  return superTenant;
};
