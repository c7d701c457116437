import { decideEverybodyAgain, disableLocalAccounts, enableLocalAccounts } from "#accounts";
import { conflict, notFound } from "#http";
import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import {
  defineEvent,
  findTenant,
  insertTenant,
  renameTenant,
  setArchived,
  type Tenant,
  type Transaction,
} from "#tenancy";

/** Raised in the transaction that makes a tenant, so that modules add what each tenant starts with. */
export const tenantCreated = defineEvent<{ readonly tenantId: string }>("tenants.created");

/** @throws HttpError 409 when the name is taken */
export const createTenant = async (
  tx: Transaction,
  name: string,
  cause: Cause,
): Promise<Tenant> => {
  const tenant = await insertTenant(tx, name);
  await tx.raise(tenantCreated, { tenantId: tenant.id });
  recordTenant(tx, cause, tenant, {
    action: "tenant.created",
    sentence: `Tenant ${name} made`,
    after: { name },
  });
  return tenant;
};

/** @throws HttpError 404, 409 when the name is taken */
export const changeName = async (
  tx: Transaction,
  id: string,
  name: string,
  cause: Cause,
): Promise<void> => {
  const tenant = await requireTenant(tx, id);
  if (tenant.name === name) return;
  await renameTenant(tx, id, name);
  recordTenant(
    tx,
    cause,
    { id, name },
    {
      action: "tenant.renamed",
      sentence: `Tenant renamed from ${tenant.name} to ${name}`,
      before: { name: tenant.name },
      after: { name },
    },
  );
};

type Deed = { readonly jobs: Jobs; readonly id: string; readonly cause: Cause };

/**
 * Closes a tenant. People made by hand are Disabled at once, those of a directory in the background; nobody there can use
 * a session from this moment. Assets, and who holds them, stay as they are.
 * @throws HttpError 404, 409 for the super tenant, or when no Administrator made by hand would remain elsewhere
 */
export const archiveTenant = async (tx: Transaction, { jobs, id, cause }: Deed): Promise<void> => {
  const tenant = await requireTenant(tx, id);
  if (tenant.isSuper)
    throw conflict(
      "The super tenant cannot be archived",
      "It is the organisation's own. Archive the tenants below it.",
    );
  if (tenant.archivedAt !== null) return;
  await decideEverybodyAgain(tx, jobs, { tenantId: id, cause }, () => setArchived(tx, id, tx.now));
  await disableLocalAccounts(tx, id, cause);
  recordTenant(tx, cause, tenant, {
    action: "tenant.archived",
    sentence: `Tenant ${tenant.name} archived; its people are Disabled, their items stay with them`,
    before: { archivedAt: null },
    after: { archivedAt: tx.now },
  });
};

/**
 * Opens an archived tenant again: whom archiving disabled is Active again.
 * @throws HttpError 404
 */
export const restoreTenant = async (tx: Transaction, { jobs, id, cause }: Deed): Promise<void> => {
  const tenant = await requireTenant(tx, id);
  if (tenant.archivedAt === null) return;
  await decideEverybodyAgain(tx, jobs, { tenantId: id, cause }, () => setArchived(tx, id, null));
  await enableLocalAccounts(tx, id, cause);
  recordTenant(tx, cause, tenant, {
    action: "tenant.restored",
    sentence: `Tenant ${tenant.name} restored`,
    before: { archivedAt: tenant.archivedAt },
    after: { archivedAt: null },
  });
};

const requireTenant = async (tx: Transaction, id: string): Promise<Tenant> => {
  const tenant = await findTenant(tx, id);
  if (tenant === undefined) throw notFound("Tenant");
  return tenant;
};

const recordTenant = (
  tx: Transaction,
  cause: Cause,
  { id, name }: Pick<Tenant, "id" | "name">,
  change: { action: string; sentence: string; before?: object; after?: object },
): void => {
  record(tx, cause, [{ ...change, subject: { kind: "tenant", id, name }, tenantId: id }]);
};
