/** One value that an entry changed; null where there was, or is, none. */
export type Difference = {
  /** "Role", "Mappings 1 · Group" */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

const most = 500;

/**
 * Before and after as a table for people: values side by side, only what differs.
 * @param names what the ids in it are called
 */
export const toDifference = (
  before: unknown,
  after: unknown,
  names: ReadonlyMap<string, string>,
): Difference[] => {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .slice(0, most)
    .map((path) => ({
      label: labelOf(path),
      before: shown(was.get(path), names),
      after: shown(is.get(path), names),
    }));
};

/** All ids that before and after speak of. */
export const idsIn = (...values: readonly unknown[]): string[] => [
  ...new Set(
    values.flatMap((value) => [...flatten(value).values()].filter((leaf) => idPattern.test(leaf))),
  ),
];

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Every value by its path; what is empty is not there. */
const flatten = (value: unknown, path: readonly string[] = []): Map<string, string> => {
  if (value === null || value === undefined || value === "") return new Map();
  if (typeof value !== "object")
    return new Map([[path.join("\n"), typeof value === "string" ? value : JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flatten(inner, [...path, Array.isArray(value) ? String(Number(key) + 1) : key]),
    ]),
  );
};

const labelOf = (path: string): string =>
  path
    .split("\n")
    .map((key) => key.replace(/^urn:.*:/, "").replace(/(?<=.)Id$/, ""))
    .map((key) => key.replaceAll(/(?<=[\da-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .map((key, index) => (index === 0 ? key.charAt(0).toUpperCase() + key.slice(1) : key))
    .join(" · ");

const shown = (value: string | undefined, names: ReadonlyMap<string, string>): string | null =>
  value === undefined ? null : (names.get(value) ?? value);
