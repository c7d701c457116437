import type { Person } from "#directory";
import type { Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { AccountChange } from "../account-change.ts";
import type { DecisionInputs } from "../store/decision-inputs.ts";
import { forgetHeld } from "../store/held-changes.ts";
import { lockSafeguard } from "../store/safeguards.ts";
import { isGuardShut, lossOf } from "./guard.ts";
import { judge, partOf, type Verdict } from "./judge.ts";
import { takesAdministrator, tenantsLosingTheLast } from "./last-administrator.ts";
import { writeDown } from "./write-down.ts";

type Decided = {
  readonly people: readonly Person[];
  readonly changes: readonly AccountChange[];
  readonly inputs: DecisionInputs;
  readonly cause: Cause;
  /** An administrator lets go what was held. */
  readonly isReleased: boolean;
};

/** What was decided about one person, and what becomes of it. */
type OfOne = {
  readonly person: Person;
  readonly changes: readonly AccountChange[];
  readonly verdict: Verdict;
  readonly isLast: boolean;
};

/**
 * What of a decision takes effect now. A dry run holds all of it; the guard holds what takes something away, once that
 * has become too much; and a tenant's last Administrator is held always. What is held is written down, so that an
 * administrator can let it go. Nobody is half decided: of a person held, at most the name and addresses change, and what
 * an administrator does by hand.
 *
 * @returns what takes effect, and the ids of those of whom something is held
 */
export const holdBack = async (
  tx: Transaction,
  connectionId: string,
  decided: Decided,
): Promise<{ changes: readonly AccountChange[]; held: ReadonlySet<string> }> => {
  const { changes, inputs, cause } = decided;
  const { mode } = inputs.safeguard;
  const before = new Map(inputs.held.map((held) => [held.userId, held]));
  const isOrdinary = mode === "live" && before.size === 0 && cause.kind !== "scim";
  if (changes.length === 0 && before.size === 0) return { changes, held: new Set() };
  if (isOrdinary && !changes.some(takesAdministrator)) return { changes, held: new Set() };

  const judged = await keepLastAdministrators(
    tx,
    connectionId,
    await judgeEverybody(tx, connectionId, decided),
  );
  const because = ({ person, isLast }: OfOne) => {
    if (isLast) return "last-administrator";
    return mode === "dry-run" ? "dry-run" : (before.get(person.id)?.because ?? "guard");
  };
  const held = judged
    .filter(({ verdict }) => verdict === "hold")
    .map((one) => ({ ...one, because: because(one) }));
  writeDown(tx, connectionId, { held, inputs, cause });
  const applied = judged.filter(({ verdict }) => verdict === "apply");
  forgetHeld(
    tx,
    applied.map(({ person }) => person.id).filter((id) => before.has(id)),
  );
  return {
    changes: judged.flatMap((one) => takesEffect(one, mode)),
    held: new Set(
      judged.filter(({ verdict }) => verdict !== "apply").map(({ person }) => person.id),
    ),
  };
};

/** The verdict about each: as if the guard were shut first, and it is asked only if that would hold somebody. */
const judgeEverybody = async (
  tx: Transaction,
  connectionId: string,
  { people, changes, inputs, cause, isReleased }: Decided,
): Promise<OfOne[]> => {
  const { mode } = inputs.safeguard;
  const before = new Map(inputs.held.map((held) => [held.userId, held]));
  const own = Map.groupBy(changes, ({ after }) => after.userId);
  const losesSomething = await lossOf(tx, changes);
  const judgeAll = (isShut: boolean): OfOne[] =>
    people.map((person) => {
      const wanted = own.get(person.id) ?? [];
      const verdict = judge({
        mode,
        isGuardShut: isShut,
        causeKind: cause.kind,
        changes: wanted,
        isLoss: wanted.some(losesSomething),
        held: before.get(person.id),
      });
      return { person, changes: wanted, verdict: isReleased ? "apply" : verdict, isLast: false };
    });
  const judged = judgeAll(true);
  const losing = judged.filter(({ verdict }) => verdict === "hold");
  if (mode !== "live" || cause.kind !== "scim" || losing.length === 0) return judged;
  // Who is held already was counted when that began.
  const losers = losing.filter(({ person }) => before.get(person.id)?.isDiscarded !== false).length;
  const { tenantId } = inputs.defaultRole;
  return judgeAll(await isGuardShut(tx, connectionId, { losers, tenantId, cause }));
};

/** Holds of what would take effect that which leaves a tenant without an Administrator. */
const keepLastAdministrators = async (
  tx: Transaction,
  connectionId: string,
  judged: readonly OfOne[],
): Promise<readonly OfOne[]> => {
  const applied = judged.filter(({ verdict }) => verdict === "apply");
  const bereft = await tenantsLosingTheLast(
    tx,
    applied.flatMap(({ changes }) => changes),
  );
  if (bereft.size === 0) return judged;
  // So that the connection is listed among those that hold something.
  await lockSafeguard(tx, connectionId);
  return judged.map((one) => {
    const isLast =
      one.verdict === "apply" &&
      one.changes.some((change) => takesAdministrator(change) && bereft.has(change.after.tenantId));
    return isLast ? { ...one, isLast, verdict: "hold" } : one;
  });
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
  { changes, verdict }: OfOne,
  mode: "live" | "dry-run",
): readonly AccountChange[] => {
  if (verdict === "apply") return changes;
  if (verdict === "by-hand")
    return changes.flatMap((change) => partOf(change, [...identityFields, ...roleFields]));
  return mode === "dry-run" ? [] : changes.flatMap((change) => partOf(change, identityFields));
};
