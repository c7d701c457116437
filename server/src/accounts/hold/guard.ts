import { listRoles, losesAccess, type Role } from "#access";
import { countUsers } from "#directory";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { AccountChange } from "../account-change.ts";
import { isAnybodyHeld } from "../store/held-changes.ts";
import {
  countLosses,
  lockSafeguard,
  noteLosses,
  notePeople,
  reset,
  trip,
  type Guard,
} from "../store/safeguards.ts";

/** Gives what tells whether a change takes something from somebody: their access, or part of what they may do. */
export const lossOf = async (tx: Transaction, changes: readonly AccountChange[]) => {
  const isOtherRole = ({ before, after }: AccountChange) =>
    before?.status === "active" && before.roleId !== after.roleId;
  const roles = changes.some(isOtherRole)
    ? new Map((await listRoles(tx)).map((role): [string, Role] => [role.id, role]))
    : new Map<string, Role>();
  return (change: AccountChange): boolean => {
    const { before, after } = change;
    if (before?.status !== "active") return false;
    if (after.status === "disabled") return true;
    const [from, to] = [roles.get(before.roleId), roles.get(after.roleId)];
    return from !== undefined && to !== undefined && isOtherRole(change) && losesAccess(from, to);
  };
};

const countedForMs = 60_000;

type Losing = {
  /** Who lose something and are not held, so not counted, yet. */
  readonly losers: number;
  readonly tenantId: string;
  readonly cause: Cause;
};

/** Counts the losses of this transaction with those before it; from too many on, the guard is shut. */
export const isGuardShut = async (
  tx: Transaction,
  connectionId: string,
  { losers, tenantId, cause }: Losing,
): Promise<boolean> => {
  const safeguard = await lockSafeguard(tx, connectionId);
  const { guard } = safeguard;
  if (guard === null) return false;
  if (safeguard.trippedAt !== null) return true;
  if (losers === 0) return false;
  const since = new Date(tx.now.getTime() - guard.minutes * 60_000);
  const lost = (await countLosses(tx, connectionId, since)) + losers;
  if (lost <= guard.people || lost <= (await shareOfAll(tx, connectionId, safeguard, guard))) {
    noteLosses(tx, connectionId, { people: losers, since });
    return false;
  }
  trip(tx, connectionId);
  record(tx, cause, [
    {
      action: "connection.guard-tripped",
      sentence: `The guard holds what takes access away: ${lost} people within ${guard.minutes} minutes are too many`,
      subject: { kind: "connection", id: connectionId, name: cause.actor.name },
      tenantId,
      after: { lost, ...guard },
    },
  ]);
  return true;
};

const shareOfAll = async (
  tx: Transaction,
  connectionId: string,
  counted: { people: number | null; peopleCountedAt: Date | null },
  { percent }: Guard,
): Promise<number> => {
  const isFresh =
    counted.people !== null &&
    counted.peopleCountedAt !== null &&
    tx.now.getTime() - counted.peopleCountedAt.getTime() < countedForMs;
  const people = isFresh ? counted.people! : await countUsers(tx, connectionId);
  if (!isFresh) notePeople(tx, connectionId, people);
  return Math.floor((people * percent) / 100);
};

/** Once nobody is held any more, the guard lets things through again. */
export const settleGuard = async (tx: Transaction, connectionId: string): Promise<void> => {
  await tx.flush();
  const { trippedAt } = await lockSafeguard(tx, connectionId);
  if (trippedAt !== null && !(await isAnybodyHeld(tx, connectionId))) await reset(tx, connectionId);
};
