import { isDeepStrictEqual } from "node:util";

/** What is otherwise in `after`, as a sentence and as the values that changed; null when nothing is. */
export const describeDifference = (before: object, after: object) => {
  const old = before as Record<string, unknown>;
  const current = after as Record<string, unknown>;
  const changed = [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (name) => name !== "schemas" && !isDeepStrictEqual(old[name], current[name]),
  );
  if (changed.length === 0) return null;
  const names = changed.flatMap((name) =>
    name.startsWith("urn:") ? changedWithin(old[name], current[name]) : [name],
  );
  return {
    sentence: `Changed ${inWords(names)}`,
    values: { before: pick(old, changed), after: pick(current, changed) },
  };
};

const changedWithin = (before: unknown, after: unknown): string[] => {
  const old = (before ?? {}) as Record<string, unknown>;
  const current = (after ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (name) => !isDeepStrictEqual(old[name], current[name]),
  );
};

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const pick = (from: Record<string, unknown>, names: readonly string[]): object =>
  Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
