import type { Resource } from "@muster/scim";

const minute = 60_000;

/**
 * What a request shows and the mirror does not keep, each noted with its last times and the log entry. Something of a
 * kind with `apart` counts again only so long after the last: requests closer to each other are one cycle.
 */
export const sightingKinds = {
  cycle: { apart: 5 * minute },
  "active-sent": {},
  "active-missing": {},
  "created-disabled": {},
  disabled: {},
  "deleted-active": {},
  "external-id-changed": {},
  "matched-by-userName": {},
  "matched-by-externalId": {},
  "matched-by-mail": {},
} as const satisfies Record<string, { apart?: number }>;

export type SightingKind = keyof typeof sightingKinds;

export type Sighting = {
  readonly times: number;
  readonly lastAt: Date;
  /** The last ten, newest first. */
  readonly recent: readonly Date[];
  readonly entryId: string | null;
};

export type Sightings = Readonly<Partial<Record<SightingKind, Sighting>>>;

/** What a person who arrives shows of Entra's mapping. */
export const seenInNewPerson = (resource: Resource): SightingKind[] => {
  if (resource["active"] === undefined) return ["active-missing"];
  return resource["active"] === false ? ["active-sent", "created-disabled"] : ["active-sent"];
};

type Person = { readonly document: unknown; readonly active: boolean };

/** What a change of a person shows. An id that arrives for the first time is no change of it. */
export const seenInChange = (before: Person, after: Person): SightingKind[] => {
  const [was, is] = [externalIdOf(before), externalIdOf(after)];
  return [
    ...(before.active === after.active ? [] : (["active-sent"] as const)),
    ...(before.active && !after.active ? (["disabled"] as const) : []),
    ...(was !== undefined && is !== undefined && was !== is
      ? (["external-id-changed"] as const)
      : []),
  ];
};

/** Entra disables somebody before it deletes them, unless its mapping cannot. */
export const seenInDeletion = ({ active }: { active: boolean }): SightingKind[] =>
  active ? ["deleted-active"] : [];

/** A test of the connection asks for the attribute that people are matched by first. */
export const seenInProbe = (filter: string): SightingKind[] => {
  if (/^\s*"?\s*externalId\b/i.test(filter)) return ["matched-by-externalId"];
  if (/^\s*"?\s*emails\b/i.test(filter)) return ["matched-by-mail"];
  return /userName\b/i.test(filter) ? ["matched-by-userName"] : [];
};

const externalIdOf = ({ document }: Person): string | undefined => {
  const value = (document as Resource).externalId;
  return typeof value === "string" && value !== "" ? value : undefined;
};

const defaultRhythm = 40 * minute;
const shortestRhythm = 20 * minute;
/** Fewer intervals than this are chance: somebody tries something out. */
const enoughIntervals = 3;

/** The usual time between the starts of cycles: the median of what was seen, once enough was. */
export const rhythmOf = (starts: readonly Date[]): number => {
  const intervals = starts
    .slice(1)
    .map((start, index) => starts[index]!.getTime() - start.getTime())
    .toSorted((one, other) => one - other);
  if (intervals.length < enoughIntervals) return defaultRhythm;
  return Math.max(shortestRhythm, intervals[Math.floor(intervals.length / 2)]!);
};
