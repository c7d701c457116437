import type { Person } from "#directory";
import { conflict, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { applyDecisions } from "./apply-decisions.ts";
import { accountsJoined, accountsSplit, localJoined, localSplit } from "./events.ts";
import { asWrite, keepAnAdministrator } from "./lock-role.ts";
import { findAccount, lockWithAccountsOf, setJoinedTo } from "./store/account.ts";
import { saveAccounts } from "./store/accounts.ts";
import { deleteJoins, insertJoins } from "./store/joins.ts";
import { moveLock } from "./store/locks.ts";

type LocalJoin = {
  readonly joinId: string;
  readonly localId: string;
  /** Whom the directory sent; held by the caller. */
  readonly person: Person;
  readonly cause: Cause;
};

/**
 * Makes somebody made by hand go on as the directory's Sub Account in the same tenant. What hangs on the local account
 * follows by events; the account itself stays, Disabled, and answers for its history. `splitLocalAccount` undoes it.
 * @throws HttpError 404, 409 without such a Sub Account, and when this is the last local Administrator
 */
export const joinLocalAccount = async (
  tx: Transaction,
  { joinId, localId, person, keepRole, cause }: LocalJoin & { readonly keepRole: boolean },
): Promise<{ formerStatus: "active" | "disabled" }> => {
  const { local, other } = await hold(tx, localId, person);
  if (local.userId !== null || local.statusReason === "joined")
    throw conflict(
      `${local.name} is joined already`,
      "Split that first; then it can be joined with somebody else.",
    );
  if (other === undefined)
    throw conflict(
      `${person.name} has no Sub Account there`,
      `${local.name} is in a tenant that ${person.name} is not provisioned to. Map one of their groups to it first.`,
    );
  await keepAnAdministrator(tx, local);
  const formerStatus = local.status as "active" | "disabled";
  saveAccounts(tx, [{ ...asWrite(local), status: "disabled", statusReason: "joined" }]);
  await tx.flush();
  await setJoinedTo(tx, localId, other.id);
  const isLockMoved = keepRole && (await moveLock(tx, localId, other.id));
  await insertJoins(tx, joinId, [
    { formerAccountId: localId, accountId: other.id, formerUserId: null, isLockMoved },
  ]);
  recordJoin(tx, cause, [other, local], {
    action: "account.joined",
    sentence: `Joined with the Sub Account of ${local.name}, made by hand: the same person`,
    after: { formerAccountId: localId, accountId: other.id, isLockMoved },
  });
  await tx.raise(accountsJoined, { joinId, pairs: [pairOf(local, other)], cause });
  await tx.raise(localJoined, { joinId, localId, accountId: other.id });
  await applyDecisions(tx, person.connectionId, [person], cause);
  return { formerStatus };
};

/** Takes apart again what `joinLocalAccount` joined: the local account is what it was before. */
export const splitLocalAccount = async (
  tx: Transaction,
  {
    joinId,
    localId,
    person,
    status,
    cause,
  }: LocalJoin & { readonly status: "active" | "disabled" },
): Promise<void> => {
  const { local } = await hold(tx, localId, person);
  const [join] = await deleteJoins(tx, joinId);
  const other = join && (await findAccount(tx, join.accountId));
  if (join === undefined || other === undefined) throw notFound("Join");
  saveAccounts(tx, [{ ...asWrite(local), status, statusReason: "administrator" }]);
  await tx.flush();
  await setJoinedTo(tx, localId, null);
  if (join.isLockMoved) await moveLock(tx, other.id, localId);
  recordJoin(tx, cause, [other, local], {
    action: "account.split",
    sentence: `Split from the Sub Account of ${local.name}, made by hand: not the same person`,
    after: { formerAccountId: localId, accountId: other.id },
  });
  await tx.raise(accountsSplit, { joinId, pairs: [pairOf({ ...local, status }, other)], cause });
  await tx.raise(localSplit, { joinId, localId, accountId: other.id });
  await applyDecisions(tx, person.connectionId, [person], cause);
};

/** Holds the local account and those of the person, in the order of their ids, and reads them as they are then. */
const hold = async (tx: Transaction, localId: string, person: Person) => {
  const held = await lockWithAccountsOf(tx, localId, person.id);
  const local = await findAccount(tx, localId);
  if (local === undefined) throw notFound("Sub Account");
  const other = held.find(({ id, tenantId }) => id !== localId && tenantId === local.tenantId);
  return { local, other };
};

type Account = {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly status: string;
};

const pairOf = (local: Account, other: Account) => ({
  former: moved(local),
  current: moved(other),
});

const moved = ({ id, name, tenantId, status }: Account) => ({
  id,
  name,
  tenantId,
  status: status as "active" | "disabled",
});

const recordJoin = (
  tx: Transaction,
  cause: Cause,
  accounts: readonly Account[],
  change: { action: string; sentence: string; after: object },
): void =>
  record(
    tx,
    cause,
    accounts.map(({ id, name, tenantId }) => ({
      ...change,
      subject: { kind: "account", id, name },
      tenantId,
    })),
  );
