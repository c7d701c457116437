import { createOrganisation } from "#access";
import { accountsDisabled, accountsEnabled, createLocalAccount } from "#accounts";
import { createAsset, prepareTenant } from "#assets";
import { closeRecoveries, openRecoveries } from "#custody";
import type { Cause } from "#ledger";
import {
  createOrganisations,
  createSubscriptions,
  newOrgId,
  type OrgId,
  type Transaction,
} from "#tenancy";
import { findRoleByKey } from "#access";
import { setLocalStatus } from "../../src/accounts/local-accounts.ts";
import { createTestDatabase } from "./database.ts";

export const testCause: Cause = {
  kind: "administrator",
  id: null,
  sentence: "Dana Reyes tested",
  actor: { id: null, name: "Dana Reyes" },
};

/** An organisation with its register, on a fresh database, without HTTP: people, assets, and what disabling them does. */
export const createTestRegister = async () => {
  const database = await createTestDatabase();
  const subscriptions = createSubscriptions();
  subscriptions.on(accountsDisabled, openRecoveries);
  subscriptions.on(accountsEnabled, closeRecoveries);
  const organisations = createOrganisations(database.pool, subscriptions);
  const found = async (orgId: OrgId) =>
    organisations.within(orgId, async (tx) => {
      const { id } = await createOrganisation(tx, "Contoso", testCause);
      await prepareTenant(tx, id);
      return id;
    });
  const orgId = newOrgId();
  const tenantId = await found(orgId);
  const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    organisations.within(orgId, work);
  return {
    database,
    organisations,
    orgId,
    tenantId,
    /** Runs in a transaction of the organisation. */
    within,
    /** Makes another organisation, which nothing of the first may be seen from. */
    found,
    person: async (name: string): Promise<string> =>
      within(async (tx) => {
        const { id: roleId } = await findRoleByKey(tx, "loanee");
        const email = `${name.toLowerCase().replaceAll(" ", ".")}@contoso.test`;
        return (await createLocalAccount(tx, { tenantId, name, email, roleId, cause: testCause }))
          .id;
      }),
    asset: (name: string): Promise<string> =>
      within((tx) => createAsset(tx, { tenantId, values: { name }, cause: testCause })),
    setStatus: (accountId: string, status: "active" | "disabled"): Promise<void> =>
      within((tx) => setLocalStatus(tx, accountId, status, testCause)),
    close: () => database.close(),
  };
};

export type TestRegister = Awaited<ReturnType<typeof createTestRegister>>;
