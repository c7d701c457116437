import { findRoleByKey, listRoles, losesAccess, type Role } from "#access";
import { countUsers, type Person } from "#directory";
import { record, type Cause, type Change } from "#ledger";
import { holdAlone, type Transaction } from "#tenancy";
import type { AccountChange } from "./account-change.ts";
import { describeChange } from "./describe-change.ts";
import { judge, outcomeOf, partOf, weightiest, type Verdict } from "./judge.ts";
import { tenantsWithAdministrator } from "./store/account.ts";
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
 * has become too much; and a tenant's last Administrator is held always. What is held is written down, so that an administrator can let it go. Nobody is half decided: of
 * a person held, at most the name and addresses change, and what an administrator does by hand.
 *
 * @returns what takes effect, and the ids of those of whom something is held
 */
export const holdBack = async (
  tx: Transaction,
  connectionId: string,
  { people, changes, inputs, cause, isReleased }: Decided,
): Promise<{ changes: readonly AccountChange[]; held: ReadonlySet<string> }> => {
  const { mode } = inputs.safeguard;
  const before = new Map(inputs.held.map((held) => [held.userId, held]));
  const isOrdinary = mode === "live" && before.size === 0 && cause.kind !== "scim";
  if (changes.length === 0 && before.size === 0) return { changes, held: new Set() };
  if (isOrdinary && !changes.some(takesAdministrator)) return { changes, held: new Set() };

  const own = Map.groupBy(changes, ({ after }) => after.userId);
  const persons = people.map((person): OfOne => ({
    person,
    changes: own.get(person.id) ?? [],
  }));
  const losesSomething = await lossOf(tx, changes);
  const judgeAll = (isShut: boolean) =>
    new Map(
      persons.map((one): [OfOne, Verdict] => [
        one,
        isReleased
          ? "apply"
          : judge({
              mode,
              isGuardShut: isShut,
              causeKind: cause.kind,
              changes: one.changes,
              isLoss: one.changes.some(losesSomething),
              held: before.get(one.person.id),
            }),
      ]),
    );
  let verdicts = judgeAll(true);
  const losers = persons.filter((one) => verdicts.get(one) === "hold").length;
  if (mode === "live" && cause.kind === "scim" && losers > 0)
    verdicts = judgeAll(await isGuardShut(tx, connectionId, { losers, cause }));
  const last = await lastAdministrators(
    tx,
    persons.filter((one) => verdicts.get(one) === "apply"),
  );
  // So that the connection is listed among those that hold something.
  if (last.size > 0) await lockSafeguard(tx, connectionId);
  for (const one of last) verdicts.set(one, "hold");

  const because = (one: OfOne): HeldChange["because"] => {
    if (last.has(one)) return "last-administrator";
    return mode === "dry-run" ? "dry-run" : (before.get(one.person.id)?.because ?? "guard");
  };
  const held = persons.filter((one) => verdicts.get(one) === "hold");
  const writeDown = held.flatMap((one): HeldChange[] => {
    const { person, changes: wanted } = one;
    const outcome = outcomeOf(wanted);
    const known = before.get(person.id);
    return known?.outcome === outcome && known.because === because(one) && !known.isDiscarded
      ? []
      : [
          {
            userId: person.id,
            because: because(one),
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
  return {
    changes: persons.flatMap((one) => takesEffect(one.changes, verdicts.get(one)!, mode)),
    held: new Set(
      persons.filter((one) => verdicts.get(one) !== "apply").map(({ person }) => person.id),
    ),
  };
};

/** The one role that may everything; built-in roles keep their name. */
const administratorName = "Administrator";

/** Whether a tenant would have an Administrator less. */
const takesAdministrator = ({ before, after }: AccountChange): boolean =>
  before?.status === "active" &&
  before.roleName === administratorName &&
  (after.status !== "active" || after.roleId !== before.roleId);

/**
 * Whose change would leave a tenant without an Administrator. The tenants concerned are held, so that of two
 * transactions that each take one of the last two, the second finds one only.
 */
const lastAdministrators = async (
  tx: Transaction,
  persons: readonly OfOne[],
): Promise<Set<OfOne>> => {
  const takers = persons.filter((one) => one.changes.some(takesAdministrator));
  if (takers.length === 0) return new Set();
  const { id: roleId } = await findRoleByKey(tx, "administrator");
  const taken = takers.flatMap((one) => one.changes.filter(takesAdministrator));
  const tenantIds = [...new Set(taken.map(({ after }) => after.tenantId))];
  await holdAlone(tx, tenantIds);
  const kept = new Set([
    ...(await tenantsWithAdministrator(tx, {
      roleId,
      tenantIds,
      except: taken.map(({ after }) => after.id),
    })),
    ...persons.flatMap((one) =>
      one.changes
        .filter(({ after }) => after.status === "active" && after.roleId === roleId)
        .map(({ after }) => after.tenantId),
    ),
  ]);
  return new Set(
    takers.filter((one) =>
      one.changes.some((change) => takesAdministrator(change) && !kept.has(change.after.tenantId)),
    ),
  );
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

const heldBecause: Record<HeldChange["because"], string> = {
  "dry-run": "Dry run",
  guard: "Held by the guard",
  "last-administrator": "Held, because a tenant would lose its last Administrator",
};

const describeHeld = (held: HeldChange): Change => ({
  action: "account.held",
  sentence: `${heldBecause[held.because]}: ${held.sentences.join("; ")}`,
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
