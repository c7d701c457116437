import type { Static } from "typebox";
import { findPerson, listGroupsOf } from "#directory";
import { notFound } from "#http";
import { listTenants, type Transaction } from "#tenancy";
import { explainDirectoryRole, explainRole, explainStatus } from "./explain.ts";
import type { Account, AccountRow, Application, FilterAttribute } from "./schemas.ts";
import { findAccount, listAccountsOf } from "./store/account.ts";
import type { ApplicationRow } from "./store/applications.ts";
import type { AccountListRow } from "./store/list.ts";
import { findHeld } from "./store/held-changes.ts";
import { soonAfter } from "./ends-soon.ts";
import { findExpiries, findLock } from "./store/locks.ts";
import { listMappings } from "./store/rules.ts";

/** What other modules know of an account, handed in by app.ts. */
export type AccountSurroundings = {
  countHeld(tx: Transaction, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  findSignIn(
    tx: Transaction,
    accountId: string,
  ): Promise<{ canSignIn: boolean; lastSignInAt: Date | null }>;
  findConnection(
    tx: Transaction,
    connectionId: string,
  ): Promise<{ id: string; name: string } | undefined>;
  /** What of a directory document a connection shows by itself, under names that an administrator gave. */
  describeFields(
    tx: Transaction,
    connectionId: string,
    document: object,
  ): Promise<{ label: string; value: string }[]>;
  /** Custom attributes that people can be found by. */
  listFilterAttributes(tx: Transaction): Promise<Static<typeof FilterAttribute>[]>;
  /** What stands for a value of one in the mirror's index; undefined where there is no such attribute. */
  findAttributeFacet(
    tx: Transaction,
    wanted: { attributeId: string; value: string },
  ): Promise<string | undefined>;
  /** A directory document as a table: path, label and value, in the order of its schema. */
  describeIdentity(
    document: object,
  ): { path: string; label: string; value: string; userId?: string }[];
};

export const presentAccountRows = async (
  tx: Transaction,
  surroundings: AccountSurroundings,
  rows: readonly AccountListRow[],
): Promise<Static<typeof AccountRow>[]> => {
  const held = await surroundings.countHeld(
    tx,
    rows.map(({ id }) => id),
  );
  const tenants = new Map((await listTenants(tx)).map((tenant) => [tenant.id, tenant.name]));
  const groups = await listGroupsOf(
    tx,
    rows.flatMap(({ userId }) => (userId === null ? [] : [userId])),
  );
  const ends = await findExpiries(
    tx,
    rows.flatMap(({ id, roleOrigin }) => (roleOrigin === "lock" ? [id] : [])),
  );
  return rows.map((row) => {
    const own = groups
      .filter(({ userId }) => userId === row.userId)
      .map(({ id, name }) => ({ id, name }));
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      userName: row.userName,
      status: row.status as "active",
      role: { id: row.roleId, name: row.roleName },
      origin: row.userId === null ? "hand" : (row.roleOrigin as "lock"),
      originGroup: named(row.roleGroupId, row.roleGroupName),
      drift:
        row.directoryRoleId === row.roleId
          ? null
          : named(row.directoryRoleId, row.directoryRoleName),
      lockEndsAt: ends.get(row.id)?.toISOString() ?? null,
      originCondition: row.roleCondition,
      groups: own.slice(0, 3),
      groupCount: own.length,
      tenant: { id: row.tenantId, name: tenants.get(row.tenantId) ?? "" },
      held: held.get(row.id) ?? 0,
      personId: row.userId,
      local: row.userId === null,
      changedAt: row.changedAt.toISOString(),
    };
  });
};

/** @throws HttpError 404 */
export const presentAccount = async (
  tx: Transaction,
  surroundings: AccountSurroundings,
  id: string,
): Promise<Static<typeof Account>> => {
  const account = await findAccount(tx, id);
  if (account === undefined) throw notFound("Sub Account");
  const [row] = await presentAccountRows(tx, surroundings, [{ ...account, sortKey: "" }]);
  const lock = await findLock(tx, id);
  const signIn = await surroundings.findSignIn(tx, id);
  return {
    ...row!,
    reason: explainRole({ ...account, isLocal: account.userId === null }),
    directoryRole:
      account.directoryRoleId === null
        ? null
        : {
            role: { id: account.directoryRoleId, name: account.directoryRoleName },
            reason: explainDirectoryRole(
              account.directoryRoleName,
              account.directoryRoleGroupName,
              account.directoryRoleCondition,
            ),
          },
    lock:
      lock === undefined || account.userId === null
        ? null
        : {
            role: { id: lock.roleId, name: lock.roleName },
            reason: lock.reason,
            by: lock.lockedBy,
            at: lock.lockedAt.toISOString(),
            expiresAt: lock.expiresAt?.toISOString() ?? null,
            endsSoon: lock.expiresAt !== null && lock.expiresAt <= soonAfter(tx.now),
          },
    statusReason: explainStatus(account.status, account.statusReason),
    ...(await presentPerson(tx, surroundings, account.userId)),
    heldChange: account.userId === null ? null : await presentHeldChange(tx, account.userId),
    canSignIn: signIn.canSignIn,
    lastSignInAt: signIn.lastSignInAt?.toISOString() ?? null,
    createdAt: account.createdAt.toISOString(),
  };
};

const presentHeldChange = async (
  tx: Transaction,
  userId: string,
): Promise<Static<typeof Account>["heldChange"]> => {
  const held = await findHeld(tx, userId);
  if (held === undefined) return null;
  const { because, sentences, heldAt, discardedAt, discardedBy } = held;
  return {
    because: because as "guard",
    sentences,
    heldAt: heldAt.toISOString(),
    discarded:
      discardedAt === null ? null : { at: discardedAt.toISOString(), by: discardedBy ?? "" },
  };
};

const presentPerson = async (
  tx: Transaction,
  surroundings: AccountSurroundings,
  userId: string | null,
) => {
  const person = userId === null ? undefined : await findPerson(tx, userId);
  if (person === undefined) return { allGroups: [], identity: null, connection: null };
  const mappings = await listMappings(tx, person.connectionId);
  const groups = await listGroupsOf(tx, [person.id]);
  const document = person.document as Record<string, unknown>;
  return {
    allGroups: groups.map(({ id, name }) => {
      const mapping = mappings.find(({ groupId }) => groupId === id);
      return {
        id,
        name,
        mappedRole: mapping ? { id: mapping.roleId, name: mapping.roleName } : null,
      };
    }),
    identity: {
      userName: person.userName,
      externalId: person.externalId,
      fields: await surroundings.describeFields(tx, person.connectionId, document),
      attributes: await withPeople(tx, surroundings.describeIdentity(document)),
      raw: document,
    },
    connection: (await surroundings.findConnection(tx, person.connectionId)) ?? null,
  };
};

type Described = ReturnType<AccountSurroundings["describeIdentity"]>;

/** Where a value is the id of somebody who is seen here, who that is. */
const withPeople = async (tx: Transaction, attributes: Described) => {
  const accounts = await listAccountsOf(
    tx,
    attributes.flatMap(({ userId }) => userId ?? []),
  );
  return attributes.map(({ userId, ...attribute }) => {
    const account = accounts.find((one) => userId !== undefined && one.userId === userId);
    return { ...attribute, account: account ? { id: account.id, name: account.name } : null };
  });
};

const named = (id: string | null, name: string | null) =>
  id === null ? null : { id, name: name ?? "" };

export const presentApplication = (application: ApplicationRow): Static<typeof Application> => ({
  id: application.id,
  state:
    application.error !== null ? "failed" : application.finishedAt === null ? "running" : "done",
  // Whoever arrives meanwhile is decided again too.
  total: Math.max(application.total, application.done),
  done: application.done,
  changed: application.changed,
  startedAt: application.startedAt.toISOString(),
  finishedAt: application.finishedAt?.toISOString() ?? null,
  error: application.error,
});
