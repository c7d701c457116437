import { listRoles, losesAccess, type Role } from "#access";
import { countUsers, type Person } from "#directory";
import { record, type Cause, type Change } from "#ledger";
import type { Transaction } from "#tenancy";
import type { AccountChange } from "./account-change.ts";
import { describeChange } from "./describe-change.ts";
import { judge, outcomeOf, partOf, weightiest, type Verdict } from "./judge.ts";
import type { DecisionInputs } from "./store/decision-inputs.ts";
import { forgetHeld, isAnybodyHeld, saveHeld, type HeldChange } from "./store/held-changes.ts";
import {
  countLosses,
  lockSafeguard,
  noteLosses,
  notePeople,
  reset,
  trip,
  type Guard,
} from "./store/safeguards.ts";

type Decided = {
  readonly people: readonly Person[];
  readonly changes: readonly AccountChange[];
  readonly inputs: DecisionInputs;
  readonly cause: Cause;
  /** An administrator lets go what was held. */
  readonly isReleased: boolean;
};

type OfOne = { readonly person: Person; readonly changes: readonly AccountChange[] };

/**
 * What of a decision takes effect now. A dry run holds all of it; the guard holds what takes something away, once that
 * has become too much. What is held is written down, so that an administrator can let it go. Nobody is half decided: of
 * a person held, at most the name and addresses change, and what an administrator does by hand.
 */
export const holdBack = async (
  tx: Transaction,
  connectionId: string,
  { people, changes, inputs, cause, isReleased }: Decided,
): Promise<readonly AccountChange[]> => {
  const { mode } = inputs.safeguard;
  const before = new Map(inputs.held.map((held) => [held.userId, held]));
  if (isReleased) {
    forgetHeld(tx, [...before.keys()]);
    return changes;
  }
  if (mode === "live" && before.size === 0 && (changes.length === 0 || cause.kind !== "scim"))
    return changes;

  const own = Map.groupBy(changes, ({ after }) => after.userId);
  const persons = people.map((person): OfOne => ({
    person,
    changes: own.get(person.id) ?? [],
  }));
  const losesSomething = await lossOf(tx, changes);
  const verdicts = new Map<OfOne, Verdict>();
  const judgeAll = (isGuardShut: boolean) => {
    for (const one of persons)
      verdicts.set(
        one,
        judge({
          mode,
          isGuardShut,
          causeKind: cause.kind,
          changes: one.changes,
          isLoss: one.changes.some(losesSomething),
          held: before.get(one.person.id),
        }),
      );
  };
  judgeAll(true);
  const losers = persons.filter((one) => verdicts.get(one) === "hold").length;
  if (mode === "live" && cause.kind === "scim" && losers > 0)
    judgeAll(await isGuardShut(tx, connectionId, { losers, cause }));

  const held = persons.filter((one) => verdicts.get(one) === "hold");
  const writeDown = held.flatMap(({ person, changes: wanted }): HeldChange[] => {
    const outcome = outcomeOf(wanted);
    const known = before.get(person.id);
    return known?.outcome === outcome && !known.isDiscarded
      ? []
      : [
          {
            userId: person.id,
            because: mode === "dry-run" ? "dry-run" : "guard",
            kind: weightiest(wanted),
            name: person.name,
            sentences: wanted.flatMap((change) =>
              describeChange(change, inputs).map(({ sentence }) => sentence),
            ),
            accountId: wanted.find((change) => change.before !== undefined)?.after.id ?? null,
            outcome,
          },
        ];
  });
  saveHeld(tx, connectionId, { cause, changes: writeDown });
  record(tx, cause, writeDown.map(describeHeld));
  forgetHeld(
    tx,
    persons
      .filter((one) => verdicts.get(one) === "apply" && before.has(one.person.id))
      .map(({ person }) => person.id),
  );
  return persons.flatMap((one) => takesEffect(one.changes, verdicts.get(one)!, mode));
};

/** Once nobody is held any more, the guard lets things through again. */
export const settleGuard = async (tx: Transaction, connectionId: string): Promise<void> => {
  await tx.flush();
  const { trippedAt } = await lockSafeguard(tx, connectionId);
  if (trippedAt !== null && !(await isAnybodyHeld(tx, connectionId))) await reset(tx, connectionId);
};

const identityFields = ["name", "email", "userName"] as const;
const roleFields = [
  "roleId",
  "roleOrigin",
  "roleGroupId",
  "directoryRoleId",
  "directoryRoleGroupId",
  "roleCondition",
  "directoryRoleCondition",
] as const;

const takesEffect = (
  changes: readonly AccountChange[],
  verdict: Verdict,
  mode: "live" | "dry-run",
): AccountChange[] => {
  if (verdict === "apply") return [...changes];
  if (verdict === "by-hand")
    return changes.flatMap((change) => partOf(change, [...identityFields, ...roleFields]));
  return mode === "dry-run" ? [] : changes.flatMap((change) => partOf(change, identityFields));
};

const describeHeld = (held: HeldChange): Change => ({
  action: "account.held",
  sentence: `${held.because === "dry-run" ? "Dry run" : "Held by the guard"}: ${held.sentences.join("; ")}`,
  subject:
    held.accountId === null
      ? { kind: "user", id: held.userId, name: held.name }
      : { kind: "account", id: held.accountId, name: held.name },
});

/** Gives what tells whether a change takes something from somebody: their access, or part of what they may do. */
const lossOf = async (tx: Transaction, changes: readonly AccountChange[]) => {
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

/** Counts the losses of this transaction with those before it; from too many on, the guard is shut. */
const isGuardShut = async (
  tx: Transaction,
  connectionId: string,
  { losers, cause }: { losers: number; cause: Cause },
): Promise<boolean> => {
  const safeguard = await lockSafeguard(tx, connectionId);
  const { guard } = safeguard;
  if (guard === null) return false;
  if (safeguard.trippedAt !== null) return true;
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
