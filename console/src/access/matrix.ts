import type { PermissionNoun } from "../api/contract.ts";

export type Verb = PermissionNoun["verbs"][number];

/** What a role may do while it is edited: permissions as `noun:verb`. All below are pure. */
export type Chosen = ReadonlySet<string>;

/** The verbs that several nouns have are columns; a noun's own ones stand beside them. */
export const columnsOf = (nouns: readonly PermissionNoun[]): string[] => {
  const counts = new Map<string, number>();
  for (const { verbs } of nouns)
    for (const { verb } of verbs) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([verb]) => verb);
};

const viewOf = ({ verbs }: PermissionNoun) => verbs.find(({ verb }) => verb === "view");

/**
 * Chooses or unchooses some of a noun's permissions, of which only those in `allowed` may be given. Whoever does
 * anything with a noun sees it: seeing comes with the first deed, and without it nothing stays.
 */
export const choose = (
  chosen: Chosen,
  {
    noun,
    verbs,
    isOn,
    allowed,
  }: { noun: PermissionNoun; verbs: readonly Verb[]; isOn: boolean; allowed: Chosen },
): Set<string> => {
  const next = new Set(chosen);
  const free = verbs.filter(({ permission }) => allowed.has(permission));
  const view = viewOf(noun);
  if (isOn) {
    for (const { permission } of free) next.add(permission);
    if (view && free.length > 0) next.add(view.permission);
  } else {
    const isBlind = free.some(({ verb }) => verb === "view");
    for (const { permission } of isBlind ? noun.verbs : free) next.delete(permission);
  }
  return next;
};

/** Of some permissions, whether all, some or none are chosen. */
export const stateOf = (chosen: Chosen, verbs: readonly Verb[]): "all" | "some" | "none" => {
  const count = verbs.filter(({ permission }) => chosen.has(permission)).length;
  if (count === 0) return "none";
  return count === verbs.length ? "all" : "some";
};

export const isSame = (one: Chosen, other: Chosen): boolean =>
  one.size === other.size && [...one].every((permission) => other.has(permission));
