import { listRoles } from "#access";
import { invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { findTenant, keepTenant, newId, type Transaction } from "#tenancy";
import { applyDecisions } from "./apply-decisions.ts";
import { holdPeople } from "./hold-people.ts";
import { accountsOfPerson, findAccount } from "./store/account.ts";
import { saveAccounts } from "./store/accounts.ts";
import { findWaiting } from "./store/lobby.ts";
import { saveLock } from "./store/locks.ts";

type Placement = {
  readonly userId: string;
  readonly tenantId: string;
  readonly roleId: string;
  readonly reason?: string | undefined;
  readonly cause: Cause;
};

/**
 * Puts somebody who waits in the lobby into a tenant by hand. It is a lock that says "here" besides the role: taken away,
 * they wait again, unless a rule takes them by then.
 * @throws HttpError 404 when they do not wait, 400 on a tenant that their connection may not fill, or an unknown role
 */
export const placePerson = async (
  tx: Transaction,
  { userId, tenantId, roleId, reason, cause }: Placement,
): Promise<{ accountId: string }> => {
  const waiting = await findWaiting(tx, userId);
  const [person] = waiting === undefined ? [] : await holdPeople(tx, [userId]);
  // They may have left it until they were held.
  if (person === undefined || (await findWaiting(tx, userId)) === undefined)
    throw notFound("That person in the lobby");
  const tenant = await keepTenant(tx, tenantId);
  const home = await findTenant(tx, waiting!.tenantId);
  if (
    tenant === undefined ||
    tenant.archivedAt !== null ||
    !(home?.isSuper || tenant.id === home?.id)
  )
    throw invalid(
      "That tenant cannot be used",
      "Choose a tenant that is not archived; a connection of one tenant fills that one only.",
      [{ path: "tenantId", message: "is not a tenant this connection may fill" }],
    );
  const role = (await listRoles(tx)).find(({ id }) => id === roleId);
  if (role === undefined)
    throw invalid(
      "That access role is unknown",
      "Choose one of the access roles of this organisation.",
      [{ path: "roleId", message: "is not an access role of this organisation" }],
    );
  await tx.seeAllTenants();
  const accountId = (await accountIn(tx, userId, tenantId)) ?? newId();
  saveAccounts(tx, [
    {
      id: accountId,
      tenantId,
      userId,
      name: person.name,
      email: person.email,
      userName: person.userName,
      status: "disabled",
      statusReason: "moved",
      roleId,
      roleOrigin: "lock",
      roleGroupId: null,
      directoryRoleId: null,
      directoryRoleGroupId: null,
      roleCondition: null,
      directoryRoleCondition: null,
    },
  ]);
  await tx.flush();
  await saveLock(
    tx,
    { id: accountId, tenantId },
    {
      roleId,
      reason: reason ?? null,
      lockedBy: cause.actor.name,
      expiresAt: null,
      places: true,
    },
  );
  record(tx, cause, [
    {
      action: "account.placed",
      sentence: `Put into ${tenant.name} by hand as ${role.name}${reason ? `: ${reason}` : ""}`,
      subject: { kind: "account", id: accountId, name: person.name },
      tenantId,
      after: { tenantId, roleId },
    },
  ]);
  await applyDecisions(tx, person.connectionId, [person], cause);
  return { accountId };
};

const accountIn = async (
  tx: Transaction,
  userId: string,
  tenantId: string,
): Promise<string | undefined> => {
  for (const id of await accountsOfPerson(tx, userId)) {
    const account = await findAccount(tx, id);
    if (account?.tenantId === tenantId) return account.id;
  }
  return undefined;
};
