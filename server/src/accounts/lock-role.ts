import { findRoleByKey, listRoles } from "#access";
import { lockPeople } from "#directory";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { holdAlone, listTenants, type Transaction } from "#tenancy";
import { applyDecisions } from "./apply-decisions.ts";
import {
  findAccount,
  lockAccount,
  lockOtherLocalAdministrators,
  tenantsWithAdministrator,
  type AccountDetail,
} from "./store/account.ts";
import { holdPeople } from "./hold-people.ts";
import { saveAccounts } from "./store/accounts.ts";
import { deleteLock, findLock, saveLock } from "./store/locks.ts";

type LockRequest = {
  readonly accountId: string;
  /** The role to hold; without one, the role the account has. */
  readonly roleId?: string;
  readonly reason?: string;
  /** When the directory decides again by itself. */
  readonly expiresAt?: Date;
  readonly cause: Cause;
};

/**
 * Holds an account in a role whatever syncs or mapping edits say. A role given by hand is a lock too, and the only
 * thing that decides about a person made by hand.
 * @throws HttpError 404, 400 on an unknown role, 409 when the organisation would lose its last local Administrator
 */
export const lockRole = async (
  tx: Transaction,
  { accountId, roleId, reason, expiresAt, cause }: LockRequest,
): Promise<void> => {
  const account = await holdAccount(tx, accountId);
  const role = (await listRoles(tx)).find(({ id }) => id === (roleId ?? account.roleId));
  if (role === undefined)
    throw invalid(
      "That access role is unknown",
      "Choose one of the access roles of this organisation.",
      [{ path: "roleId", message: "is not an access role of this organisation" }],
    );
  if (expiresAt !== undefined) requireEndThatCanBe(tx, account, expiresAt);
  if (role.id !== account.roleId) await keepAnAdministrator(tx, account);
  const lock = await findLock(tx, accountId);
  await saveLock(tx, account, {
    roleId: role.id,
    reason: reason ?? null,
    lockedBy: cause.actor.name,
    expiresAt: expiresAt ?? null,
  });
  record(tx, cause, [
    {
      action: "account.role-locked",
      sentence: `Role locked to ${role.name}${expiresAt ? ` until ${sayDay(expiresAt)}` : ""}${reason ? `: ${reason}` : ""}`,
      subject: { kind: "account", id: accountId, name: account.name },
      tenantId: account.tenantId,
      before: {
        roleId: account.roleId,
        roleOrigin: account.roleOrigin,
        reason: lock?.reason ?? null,
        expiresAt: lock?.expiresAt ?? null,
      },
      after: {
        roleId: role.id,
        roleOrigin: "lock",
        reason: reason ?? null,
        expiresAt: expiresAt ?? null,
      },
    },
  ]);
  await decideAgain(tx, account, role.id, cause);
};

const requireEndThatCanBe = (tx: Transaction, account: AccountDetail, expiresAt: Date): void => {
  if (account.userId === null)
    throw conflict(
      "This role is always given by hand",
      `${account.name} does not come from a directory, so nothing else could decide the role when the lock ends.`,
    );
  if (expiresAt <= tx.now)
    throw invalid("That lock would be over already", "Choose a later end, or none.", [
      { path: "expiresAt", message: "must be in the future" },
    ]);
};

const sayDay = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * Ends a lock whose time is over; nothing where it was prolonged or taken away meanwhile.
 * @returns whether it was ended
 */
export const expireLock = async (tx: Transaction, accountId: string): Promise<boolean> => {
  const account = await holdAccount(tx, accountId);
  const lock = await findLock(tx, accountId);
  if (lock === undefined || lock.expiresAt === null || lock.expiresAt > tx.now) return false;
  const cause: Cause = {
    kind: "system",
    id: null,
    sentence: `The role lock by ${lock.lockedBy ?? "an administrator"} ended as planned`,
    actor: { id: null, name: "Muster" },
  };
  await endLock(tx, account, cause);
  return true;
};

/**
 * Lets the directory decide again, at once.
 * @throws HttpError 404, 409 for a person made by hand, whom no directory decides about, and where nothing is locked
 */
export const unlockRole = async (
  tx: Transaction,
  accountId: string,
  cause: Cause,
): Promise<void> => {
  const account = await holdAccount(tx, accountId);
  if (account.userId === null)
    throw conflict(
      "This role is always given by hand",
      `${account.name} does not come from a directory, so nothing else could decide the role. Choose another role instead.`,
    );
  // Whoever has been left behind in a tenant may have a lock that nothing shows.
  if ((await findLock(tx, account.id)) === undefined)
    throw conflict("This role is not locked", "The directory decides it already.");
  await endLock(tx, account, cause);
};

const endLock = async (tx: Transaction, account: AccountDetail, cause: Cause): Promise<void> => {
  const lock = await findLock(tx, account.id);
  await deleteLock(tx, account.id);
  record(tx, cause, [
    {
      action: "account.role-unlocked",
      sentence: "Role lock removed; the directory decides again",
      subject: { kind: "account", id: account.id, name: account.name },
      tenantId: account.tenantId,
      before: {
        roleId: account.roleId,
        roleOrigin: "lock",
        reason: lock?.reason ?? null,
        expiresAt: lock?.expiresAt ?? null,
      },
    },
  ]);
  await decideAgain(tx, account, account.roleId, cause);
};

/** The connection's rules first, then the person, then the account: the order in which every transaction holds them. */
export const holdAccount = async (tx: Transaction, accountId: string): Promise<AccountDetail> => {
  const found = await findAccount(tx, accountId);
  if (found === undefined) throw notFound("Sub Account");
  if (found.userId !== null) await holdPeople(tx, [found.userId]);
  await lockAccount(tx, accountId);
  return (await findAccount(tx, accountId)) ?? found;
};

const decideAgain = async (
  tx: Transaction,
  account: AccountDetail,
  lockedRoleId: string,
  cause: Cause,
) => {
  if (account.userId === null) {
    saveAccounts(tx, [{ ...asWrite(account), roleId: lockedRoleId }]);
    return;
  }
  const people = await lockPeople(tx, [account.userId]);
  for (const person of people) await applyDecisions(tx, person.connectionId, [person], cause);
};

/**
 * Property 6: no sync and no mapping edit can take away the last Administrator of the organisation, because one made by
 * hand always remains; and no tenant loses its last one by hand (of what a sync or an edit would do, see hold/last-administrator.ts).
 * @throws HttpError 409 when this account is that one
 */
export const keepAnAdministrator = async (
  tx: Transaction,
  account: AccountDetail,
): Promise<void> => {
  if (account.status !== "active") return;
  const { id: roleId } = await findRoleByKey(tx, "administrator");
  if (account.roleId !== roleId) return;
  const { id, tenantId, name } = account;
  await holdAlone(tx, [tenantId]);
  const others = account.userId === null ? await lockOtherLocalAdministrators(tx, roleId, id) : [];
  const superTenant = (await listTenants(tx)).find(({ isSuper }) => isSuper);
  // One of another tenant cannot help here; one of the super tenant can, everywhere.
  const helpers = [tenantId, superTenant?.id];
  if (account.userId === null && !others.some((other) => helpers.includes(other.tenantId)))
    throw conflict(
      "This is the last Administrator that no sync can remove",
      `Make another Administrator by hand first; then ${name} can be changed.`,
    );
  if (
    (await tenantsWithAdministrator(tx, { roleId, tenantIds: [tenantId], except: [id] })).length > 0
  )
    return;
  throw conflict(
    "This is the last Administrator of the tenant",
    `Make another Administrator there first; then ${name} can be changed.`,
  );
};

type NamesOfDetail = "roleName" | "roleGroupName" | "directoryRoleName" | "directoryRoleGroupName";

export const asWrite = (account: Omit<AccountDetail, NamesOfDetail>) => ({
  id: account.id,
  tenantId: account.tenantId,
  userId: account.userId,
  name: account.name,
  email: account.email,
  userName: account.userName,
  status: account.status as "active" | "disabled",
  statusReason: account.statusReason as "administrator",
  roleId: account.roleId,
  roleOrigin: account.roleOrigin as "lock",
  roleGroupId: account.roleGroupId,
  directoryRoleId: account.directoryRoleId,
  directoryRoleGroupId: account.directoryRoleGroupId,
  roleCondition: account.roleCondition,
  directoryRoleCondition: account.directoryRoleCondition,
});
