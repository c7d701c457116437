import { createHash } from "node:crypto";
import type { Cause } from "#ledger";
import type { AccountChange } from "../account-change.ts";
import { heldKinds, type HeldKind } from "../held-kind.ts";
import type { AccountWrite } from "../store/accounts.ts";
import type { CurrentAccount } from "../store/decision-inputs.ts";

/**
 * Of what was decided about one person: all takes effect; it is held; it stays discarded; or what an administrator did
 * takes effect while the rest stays held.
 */
export type Verdict = "apply" | "hold" | "discarded" | "by-hand";

type Judged = {
  readonly mode: "live" | "dry-run";
  /** Whoever loses something is held. */
  readonly isGuardShut: boolean;
  readonly causeKind: Cause["kind"];
  readonly changes: readonly AccountChange[];
  readonly isLoss: boolean;
  /** What is held of the person already. */
  readonly held: { readonly isDiscarded: boolean; readonly outcome: string } | undefined;
};

/** Pure: whether what was decided about one person takes effect. */
export const judge = ({ mode, isGuardShut, causeKind, changes, isLoss, held }: Judged): Verdict => {
  if (changes.length === 0) return "apply";
  const isByHand = causeKind === "administrator" || causeKind === "system";
  if (isByHand) return held === undefined ? "apply" : "by-hand";
  if (held?.isDiscarded && held.outcome === outcomeOf(changes)) return "discarded";
  if (mode === "dry-run") return "hold";
  if (!isLoss) return "apply";
  // The guard is about what the directory does; an edit of the rules was looked at before. It lets nobody go, though.
  const isHeld = held !== undefined && !held.isDiscarded;
  return (causeKind === "scim" ? isGuardShut : isHeld) ? "hold" : "apply";
};

/** The same for the same wish of the directory, whatever the person is called meanwhile. */
export const outcomeOf = (changes: readonly AccountChange[]): string => {
  const wishes = changes
    .map(({ after }) => [
      after.tenantId,
      after.status,
      after.statusReason,
      after.roleId,
      after.roleOrigin,
      after.roleGroupId,
      after.roleCondition,
    ])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(wishes)).digest("base64url").slice(0, 22);
};

/** The part of a change that touches these fields only; none where the account is new or nothing is left. */
export const partOf = (
  { before, after }: AccountChange,
  fields: readonly (keyof AccountWrite)[],
): AccountChange[] => {
  if (before === undefined) return [];
  const part = Object.fromEntries(
    Object.entries(after).map(([field, value]) => [
      field,
      fields.includes(field as keyof AccountWrite) ? value : before[field as keyof CurrentAccount],
    ]),
  ) as AccountWrite;
  const isChange = fields.some((field) => before[field as keyof CurrentAccount] !== part[field]);
  return isChange ? [{ before, after: part }] : [];
};

/** What of it all matters most. */
export const weightiest = (changes: readonly AccountChange[]): HeldKind => {
  const kinds = new Set(changes.map(kindOf));
  return heldKinds.find((kind) => kinds.has(kind)) ?? "identity-changed";
};

const kindOf = ({ before, after }: AccountChange): HeldKind => {
  if (before === undefined) return "created";
  if (before.status !== after.status) {
    if (after.status === "active") return "enabled";
    return after.statusReason === "moved" ? "moved" : "disabled";
  }
  return before.roleId === after.roleId ? "identity-changed" : "role-changed";
};
