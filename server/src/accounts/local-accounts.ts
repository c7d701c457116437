import { listRoles } from "#access";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import { disabledBecause } from "./disabled-because.ts";
import { accountsDisabled, accountsEnabled, madeByHand } from "./events.ts";
import { asWrite, keepAnAdministrator } from "./lock-role.ts";
import { findAccount, lockAccount, saveEmployeeNumber } from "./store/account.ts";
import { saveAccounts } from "./store/accounts.ts";
import { saveLock } from "./store/locks.ts";

type NewAccount = {
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: string;
  /** How they are recognised when the directory sends them. */
  readonly employeeNumber?: string;
  readonly cause: Cause;
};

/**
 * Makes a person by hand. The role is a lock: no directory decides about them.
 * @throws HttpError 400 on an unknown role
 */
export const createLocalAccount = async (
  tx: Transaction,
  account: NewAccount,
): Promise<{ id: string }> => {
  const role = (await listRoles(tx)).find(({ id }) => id === account.roleId);
  if (role === undefined)
    throw invalid(
      "That access role is unknown",
      "Choose one of the access roles of this organisation.",
      [{ path: "roleId", message: "is not an access role of this organisation" }],
    );
  const id = newId();
  saveAccounts(tx, [
    {
      id,
      tenantId: account.tenantId,
      userId: null,
      name: account.name,
      email: account.email,
      userName: null,
      status: "active",
      statusReason: "administrator",
      roleId: role.id,
      roleOrigin: "lock",
      roleGroupId: null,
      directoryRoleId: null,
      directoryRoleGroupId: null,
      roleCondition: null,
      directoryRoleCondition: null,
    },
  ]);
  await tx.flush();
  if (account.employeeNumber !== undefined) {
    saveEmployeeNumber(tx, id, account.employeeNumber);
    await tx.flush();
  }
  await saveLock(
    tx,
    { id, tenantId: account.tenantId },
    {
      roleId: role.id,
      reason: null,
      lockedBy: account.cause.actor.name,
      expiresAt: null,
    },
  );
  record(tx, account.cause, [
    {
      action: "account.created",
      sentence: `Sub Account made by hand as ${role.name}`,
      subject: { kind: "account", id, name: account.name },
      tenantId: account.tenantId,
      after: { name: account.name, email: account.email, roleId: role.id },
    },
  ]);
  await tx.raise(madeByHand, { accountId: id });
  return { id };
};

/**
 * Disables or enables a person made by hand.
 * @throws HttpError 404, 409 for a person whom a directory manages, 409 for the last local Administrator
 */
export const setLocalStatus = async (
  tx: Transaction,
  accountId: string,
  status: "active" | "disabled",
  cause: Cause,
): Promise<void> => {
  await lockAccount(tx, accountId);
  const account = await findAccount(tx, accountId);
  if (account === undefined) throw notFound("Sub Account");
  if (account.userId !== null)
    throw conflict(
      `${account.name} is managed by the directory`,
      `Disable or enable ${account.name} in Entra; Muster follows with the next cycle.`,
    );
  if (account.statusReason === "joined")
    throw conflict(
      `${account.name} goes on as another Sub Account`,
      "Split them under Sub Accounts › Duplicates; then this one can be enabled.",
    );
  if (account.status === status) return;
  if (status === "disabled") await keepAnAdministrator(tx, account);
  saveAccounts(tx, [{ ...asWrite(account), status, statusReason: "administrator" }]);
  record(tx, cause, [
    {
      action: status === "disabled" ? "account.disabled" : "account.enabled",
      sentence:
        status === "disabled" ? disabledBecause.administrator : "Enabled by an administrator",
      subject: { kind: "account", id: accountId, name: account.name },
      tenantId: account.tenantId,
      before: { status: account.status },
      after: { status },
    },
  ]);
  const accounts = [{ id: accountId, name: account.name, tenantId: account.tenantId }];
  if (status === "disabled")
    await tx.raise(accountsDisabled, { accounts, cause, reason: disabledBecause.administrator });
  else await tx.raise(accountsEnabled, { accounts, cause, reason: "Enabled by an administrator" });
};
