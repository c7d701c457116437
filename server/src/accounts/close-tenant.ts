import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import { findRoleByKey } from "#access";
import { connectionsOf } from "#directory";
import { conflict } from "#http";
import { holdAlone, type Transaction } from "#tenancy";
import { disabledBecause } from "./disabled-because.ts";
import { applyAgain } from "./edit-rules.ts";
import { accountsDisabled, accountsEnabled } from "./events.ts";
import { asWrite } from "./lock-role.ts";
import { listLocalAccounts, lockOtherLocalAdministrators } from "./store/account.ts";
import { saveAccounts } from "./store/accounts.ts";
import { listPlaced } from "./store/locks.ts";
import { connectionsLeadingTo } from "./store/rules.ts";

/**
 * Changes something that decisions about a tenant read, and starts deciding again, in the background, everybody whose
 * connection leads there. No request of those connections decides by what was before once this transaction has ended.
 */
export const decideEverybodyAgain = async (
  tx: Transaction,
  jobs: Jobs,
  { tenantId, cause }: { tenantId: string; cause: Cause },
  change: () => Promise<void>,
): Promise<void> => {
  await holdAlone(tx, await connectionsWithPeopleIn(tx, tenantId));
  await change();
  // Asked once more: until the change, somebody may have been put there of whom no rule knows.
  for (const connectionId of await connectionsWithPeopleIn(tx, tenantId))
    await applyAgain(tx, jobs, { connectionId, cause });
};

/** By rules that lead there, or by hand. */
const connectionsWithPeopleIn = async (tx: Transaction, tenantId: string): Promise<string[]> => {
  const byRules = await connectionsLeadingTo(tx, tenantId);
  const byHand = await connectionsOf(tx, await listPlaced(tx, tenantId));
  return [...new Set([...byRules, ...byHand])].toSorted();
};

/**
 * Disables the people made by hand in a tenant that is archived.
 * @throws HttpError 409 when none of the organisation's Administrators made by hand would remain
 */
export const disableLocalAccounts = async (
  tx: Transaction,
  tenantId: string,
  cause: Cause,
): Promise<void> => {
  const administrator = await findRoleByKey(tx, "administrator");
  const administrators = await lockOtherLocalAdministrators(tx, administrator.id, "");
  if (administrators.every((one) => one.tenantId === tenantId))
    throw conflict(
      "The last Administrator that no sync can remove is in this tenant",
      "Make another Administrator by hand in another tenant first; then this one can be archived.",
    );
  const reason = disabledBecause.archived;
  const accounts = await turn(tx, tenantId, cause, {
    from: { status: "active", statusReason: "administrator" },
    to: { status: "disabled", statusReason: "archived" },
    action: "account.disabled",
    sentence: reason,
  });
  if (accounts.length > 0) await tx.raise(accountsDisabled, { accounts, cause, reason });
};

/** Enables whom `disableLocalAccounts` disabled; who was Disabled before stays so. */
export const enableLocalAccounts = async (
  tx: Transaction,
  tenantId: string,
  cause: Cause,
): Promise<void> => {
  const reason = "The tenant was restored";
  const accounts = await turn(tx, tenantId, cause, {
    from: { status: "disabled", statusReason: "archived" },
    to: { status: "active", statusReason: "administrator" },
    action: "account.enabled",
    sentence: reason,
  });
  if (accounts.length > 0) await tx.raise(accountsEnabled, { accounts, cause, reason });
};

type State = { status: "active" | "disabled"; statusReason: "administrator" | "archived" };
type Turn = { from: State; to: State; action: string; sentence: string };

const turn = async (
  tx: Transaction,
  tenantId: string,
  cause: Cause,
  { from, to, action, sentence }: Turn,
) => {
  const accounts = await listLocalAccounts(tx, tenantId, from);
  saveAccounts(
    tx,
    accounts.map((account) => ({ ...asWrite(account), ...to })),
  );
  record(
    tx,
    cause,
    accounts.map(({ id, name }) => ({
      action,
      sentence,
      subject: { kind: "account", id, name },
      tenantId,
      before: from,
      after: to,
    })),
  );
  return accounts.map(({ id, name }) => ({ id, name, tenantId }));
};
