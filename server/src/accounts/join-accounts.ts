import type { Person } from "#directory";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { applyDecisions } from "./apply-decisions.ts";
import { accountsJoined, accountsSplit, type AccountsJoined } from "./events.ts";
import { giveAccount, lockAccountsOf, setJoinedTo } from "./store/account.ts";
import { deleteJoins, insertJoins, type AccountJoin } from "./store/joins.ts";
import { moveLock } from "./store/locks.ts";

type Join = {
  readonly joinId: string;
  /** Who left. Both are held by the caller, and are of one connection. */
  readonly former: Person;
  /** Who came back as somebody new. */
  readonly current: Person;
  readonly cause: Cause;
};

/**
 * Makes one person's accounts of two directory users go on as one. Where both have an account in a tenant, the current
 * one gets the role lock (unless it has its own) and, by the event, what the former one holds; where only the former
 * has one, that goes over to the current directory user. Nothing is deleted, so that `splitAccounts` can undo it.
 */
export const joinAccounts = async (
  tx: Transaction,
  { joinId, former, current, cause }: Join,
): Promise<void> => {
  const held = await lockAccountsOf(tx, [former.id, current.id]);
  const joins: AccountJoin[] = [];
  for (const account of held.filter(({ userId }) => userId === former.id)) {
    const other = held.find(
      ({ userId, tenantId }) => userId === current.id && tenantId === account.tenantId,
    );
    if (other === undefined) await giveAccount(tx, account.id, current.id);
    else await setJoinedTo(tx, account.id, other.id);
    joins.push({
      formerAccountId: account.id,
      accountId: other?.id ?? account.id,
      formerUserId: former.id,
      isLockMoved: other !== undefined && (await moveLock(tx, account.id, other.id)),
    });
  }
  await insertJoins(tx, joinId, joins);
  recordEach(tx, held, joins, {
    cause,
    action: "account.joined",
    sentence: `Joined with the Sub Account of ${former.name}, who had left: the same person`,
  });
  await tx.raise(accountsJoined, { joinId, pairs: pairsOf(held, joins), cause });
  await applyDecisions(tx, current.connectionId, [current], cause);
};

/** Takes apart again what `joinAccounts` joined: role lock, items and accounts go back to whose they were. */
export const splitAccounts = async (
  tx: Transaction,
  { joinId, former, current, cause }: Join,
): Promise<void> => {
  const held = await lockAccountsOf(tx, [former.id, current.id]);
  const joins = await deleteJoins(tx, joinId);
  for (const join of joins)
    if (join.formerAccountId === join.accountId) {
      const tenantId = held.find(({ id }) => id === join.accountId)?.tenantId;
      const isTaken = held.some((one) => one.userId === former.id && one.tenantId === tenantId);
      if (!isTaken) await giveAccount(tx, join.accountId, former.id);
    } else {
      await setJoinedTo(tx, join.formerAccountId, null);
      if (join.isLockMoved) await moveLock(tx, join.accountId, join.formerAccountId);
    }
  recordEach(tx, held, joins, {
    cause,
    action: "account.split",
    sentence: `Split from the Sub Account of ${former.name}: not the same person`,
  });
  await tx.raise(accountsSplit, { joinId, pairs: pairsOf(held, joins), cause });
  await applyDecisions(tx, current.connectionId, [former, current], cause);
};

type Held = Awaited<ReturnType<typeof lockAccountsOf>>;

const pairsOf = (held: Held, joins: readonly AccountJoin[]): AccountsJoined["pairs"] =>
  joins.flatMap(({ formerAccountId, accountId }) => {
    const former = held.find(({ id }) => id === formerAccountId);
    const current = held.find(({ id }) => id === accountId);
    return former === undefined || current === undefined || former === current
      ? []
      : [{ former: moved(former), current: moved(current) }];
  });

const moved = ({ id, name, tenantId, status }: Held[number]) => ({
  id,
  name,
  tenantId,
  status: status as "active" | "disabled",
});

type Deed = { readonly cause: Cause; readonly action: string; readonly sentence: string };

const recordEach = (
  tx: Transaction,
  held: Held,
  joins: readonly AccountJoin[],
  { cause, action, sentence }: Deed,
): void => {
  record(
    tx,
    cause,
    joins.flatMap(({ formerAccountId, accountId, formerUserId, isLockMoved }) => {
      const account = held.find(({ id }) => id === accountId);
      if (account === undefined) return [];
      return {
        action,
        sentence,
        subject: { kind: "account", id: account.id, name: account.name },
        tenantId: account.tenantId,
        after: { formerAccountId, formerUserId, isLockMoved },
      };
    }),
  );
};
