/** One value that an entry changed; null where there was, or is, none. */
export type Difference = {
  /** "Role", "Mappings 1 · Group" */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

const most = 500;

/**
 * Before and after as a table for people: values side by side, only what differs; of a list of plain values, what has
 * gone and what has come.
 * @param names what the ids and keys in it are called
 */
export const toDifference = (
  before: unknown,
  after: unknown,
  names: ReadonlyMap<string, string>,
): Difference[] => {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((path) => ({
      label: labelOf(path, names),
      before: shown(without(was.get(path), is.get(path)), names),
      after: shown(without(is.get(path), was.get(path)), names),
    }))
    .filter(({ before: gone, after: come }) => saysSomething(gone, come))
    .slice(0, most);
};

/** All ids that before and after speak of. */
export const idsIn = (...values: readonly unknown[]): string[] => [
  ...new Set(
    values.flatMap((value) =>
      [...flatten(value).values()].flat().filter((leaf) => idPattern.test(leaf)),
    ),
  ),
];

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Every list of plain values by its path, a single value as a list of one; what is empty is not there. */
const flatten = (value: unknown, path: readonly string[] = []): Map<string, readonly string[]> => {
  const leaves = (Array.isArray(value) ? value : [value]).filter((one) => !isNothing(one));
  if (leaves.length === 0) return new Map();
  if (leaves.every((one) => typeof one !== "object"))
    return new Map([
      [path.join("\n"), leaves.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))],
    ]);
  return new Map(
    Object.entries(value as object).flatMap(([key, inner]) => [
      ...flatten(inner, [...path, Array.isArray(value) ? String(Number(key) + 1) : key]),
    ]),
  );
};

/** What has no name says nothing to people. */
const saysSomething = (...values: readonly (string | null)[]): boolean =>
  values.some((value) => value !== null && !nameless.test(value));

const nameless = /^(?:[\da-f]{8}-[\da-f-]{27}(?:, |$))+$/;

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === "";

const without = (some: readonly string[] = [], others: readonly string[] = []) =>
  some.filter((one) => !others.includes(one));

const labelOf = (path: string, names: ReadonlyMap<string, string>): string =>
  path
    .split("\n")
    .map((key, index) => names.get(key) ?? asWords(key, index === 0))
    .join(" · ");

/** "purchasedOn" as "Purchased on", "roleId" as "Role", "categoryIds" as "Categories". */
const asWords = (key: string, isFirst: boolean): string => {
  const words = key
    .replace(/^urn:.*:/, "")
    .replace(/(?<=.)Id$/, "")
    .replace(/yIds$/, "ies")
    .replace(/(?<=.)Ids$/, "s")
    .replaceAll(/(?<=[\da-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return isFirst ? words.charAt(0).toUpperCase() + words.slice(1) : words;
};

const shown = (values: readonly string[], names: ReadonlyMap<string, string>): string | null =>
  values.length === 0 ? null : values.map((value) => names.get(value) ?? value).join(", ");
