import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "#tenancy";
import type { AnyReversal, Reversals, RoleTouched, UndoableEntry } from "./reversal.ts";

/** An entry that is to be undone, newest first in a list of them. */
export type PlannedEntry = UndoableEntry & {
  readonly subjectKind: string;
  readonly subjectName: string;
  readonly sentence: string;
};

export type PlanItem = {
  readonly state: "planned" | "refused";
  readonly reversal: string | null;
  readonly label: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly subjectName: string;
  readonly entries: number;
  readonly entryIds: readonly string[];
  readonly now: object | null;
  readonly wanted: object | null;
  readonly consequence: string | null;
  readonly why: string | null;
  /** The cause with which it would go back; null where that is of no help. */
  readonly causeId: string | null;
};

/** Whoever undoes. */
export type Undoer = {
  readonly permissions: ReadonlySet<string>;
  /** Sees the whole organisation, and may do what is done for all of it. */
  readonly isOfOrganisation: boolean;
  /** Why they may not give a role, if they may not. */
  readonly refusalToGrant: (
    tx: Transaction,
    roles: readonly RoleTouched[],
  ) => Promise<string | undefined>;
};

type Aspect = {
  readonly reversal: AnyReversal;
  readonly subject: PlannedEntry;
  readonly now: object | undefined;
  state: object | undefined;
  readonly undone: UndoableEntry[];
  /** How many entries followed from these, and go back with them. */
  followers: number;
};

type Refusal = {
  readonly entry: PlannedEntry;
  readonly why: string;
  readonly isConsequence: boolean;
};

type Plan = {
  readonly items: PlanItem[];
  /** The causes of which something is undone, so that what followed from it goes back too. */
  readonly causeIds: readonly string[];
};

/**
 * What undoing some entries comes to: for each thing the values now and then, going back from entry to entry in memory,
 * newest first; for each entry that cannot be taken back, why. What is left alone is told, never skipped in silence.
 */
export const planUndo = async (
  tx: Transaction,
  { reversals, irreversible }: Reversals,
  undoer: Undoer,
  entries: readonly PlannedEntry[],
): Promise<Plan> => {
  const aspects = new Map<string, Aspect>();
  const refused: Refusal[] = [];
  for (const entry of entries) {
    const refuse = (why: string, isConsequence = false) =>
      refused.push({ entry, why, isConsequence });
    const reversal = reversals.find(({ actions }) => actions.includes(entry.action));
    if (reversal === undefined) {
      const known = irreversible.find(({ actions }) => actions.includes(entry.action));
      refuse(
        known?.why ?? "Muster does not know how to take this back.",
        known?.isConsequence === true,
      );
      continue;
    }
    const lacking = lackOf(undoer, reversal);
    if (lacking !== undefined) {
      refuse(lacking);
      continue;
    }
    const key = `${reversal.name} ${entry.subjectId}`;
    let aspect = aspects.get(key);
    if (aspect === undefined) {
      const now = await reversal.read(tx, entry.subjectId, false);
      aspect = { reversal, subject: entry, now, state: now, undone: [], followers: 0 };
      aspects.set(key, aspect);
    }
    if (aspect.state === undefined) {
      refuse("It is no longer there.");
      continue;
    }
    const back = reversal.back(aspect.state, entry);
    if ("why" in back) refuse(back.why);
    else {
      aspect.state = back.state;
      aspect.undone.push(entry);
    }
  }
  const leaders = new Map(
    [...aspects.values()].flatMap((aspect) =>
      aspect.undone.flatMap(({ causeId }) => (causeId === null ? [] : [[causeId, aspect]])),
    ),
  );
  const left = refused.filter(({ entry, isConsequence }) => {
    const leader = isConsequence ? leaders.get(entry.causeId ?? "") : undefined;
    if (leader !== undefined) leader.followers += 1;
    return leader === undefined;
  });
  const items: PlanItem[] = [];
  for (const aspect of aspects.values()) items.push(...(await toItem(tx, undoer, aspect)));
  return { items: [...items, ...groupRefusals(left)], causeIds: [...leaders.keys()] };
};

const toItem = async (
  tx: Transaction,
  undoer: Undoer,
  { reversal, subject, now, state, undone, followers }: Aspect,
): Promise<PlanItem[]> => {
  if (undone.length === 0 || now === undefined || state === undefined) return [];
  const changed = [...new Set([...Object.keys(now), ...Object.keys(state)])].filter(
    (key) => !isDeepStrictEqual(valueOf(now, key), valueOf(state, key)),
  );
  const item = {
    reversal: reversal.name,
    label: reversal.label,
    subjectKind: subject.subjectKind,
    subjectId: subject.subjectId,
    subjectName: subject.subjectName,
    entries: undone.length + followers,
    entryIds: undone.map(({ id }) => id),
    now: pick(now, changed),
    wanted: pick(state, changed),
    consequence: null,
    causeId: null,
  };
  const refused = (why: string) => [{ ...item, state: "refused" as const, reversal: null, why }];
  if (changed.length === 0) return refused("It is already as it was before.");
  const refusal = await refusalOf(tx, undoer, reversal, {
    ...subject,
    now: item.now,
    wanted: item.wanted,
  });
  if (refusal !== undefined) return refused(refusal);
  const consequence = reversal.consequence?.(item.now, item.wanted) ?? null;
  return [{ ...item, state: "planned", consequence, why: null }];
};

type Change = { readonly subjectId: string; readonly now: object; readonly wanted: object };

/** Why somebody may not bring a change about, if they may not: they could not by hand. */
export const refusalOf = async (
  tx: Transaction,
  undoer: Undoer,
  reversal: AnyReversal,
  { subjectId, now, wanted }: Change,
): Promise<string | undefined> => {
  const lacking = lackOf(undoer, reversal);
  if (lacking !== undefined) return lacking;
  const touched = (await reversal.roles?.(tx, subjectId, { now, wanted })) ?? [];
  return touched.length === 0 ? undefined : undoer.refusalToGrant(tx, touched);
};

const lackOf = (
  undoer: Undoer,
  { permissions, isOfOrganisation = false }: AnyReversal,
): string | undefined => {
  if (isOfOrganisation && !undoer.isOfOrganisation)
    return "It is of the whole organisation, and taken back at the super tenant only.";
  const lacking = permissions.find((permission) => !undoer.permissions.has(permission));
  return lacking === undefined ? undefined : `Your access role lacks "${lacking}".`;
};

const shownNames = 3;

/** One item for all entries of an action with the same reason. */
const groupRefusals = (refused: readonly Refusal[]): PlanItem[] => {
  const causeOf = ({ entry, isConsequence }: Refusal) => (isConsequence ? entry.causeId : null);
  const groups = Map.groupBy(refused, (one) =>
    [one.entry.action, one.why, causeOf(one)].join("\n"),
  );
  return [...groups.values()].map((group) => {
    const { entry, why } = group[0]!;
    const names = [...new Set(group.map((one) => one.entry.subjectName))];
    const others = names.length - shownNames;
    return {
      state: "refused",
      reversal: null,
      label: group.length === 1 ? entry.sentence : entry.action,
      subjectKind: entry.subjectKind,
      subjectId: names.length === 1 ? entry.subjectId : null,
      subjectName: `${names.slice(0, shownNames).join(", ")}${others > 0 ? ` and ${others} more` : ""}`,
      entries: group.length,
      entryIds: group.slice(0, 100).map((one) => one.entry.id),
      now: null,
      wanted: null,
      consequence: null,
      why,
      causeId: causeOf(group[0]!),
    };
  });
};

const valueOf = (from: object, key: string): unknown => (from as Record<string, unknown>)[key];

const pick = (from: object, keys: readonly string[]): object =>
  Object.fromEntries(keys.map((key) => [key, valueOf(from, key)]));
