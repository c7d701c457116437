import { findAttribute, findSchema, type ResourceType } from "@muster/scim";

/** An attribute that nobody defined, as a request changed who has it. */
export type SeenAttribute = {
  readonly urn: string;
  readonly name: string;
  /** How many people more (or, below zero, fewer) have it. */
  readonly people: number;
  /** Values, cut short: a list of one stands for a list, an empty object for what is neither text, number nor boolean. */
  readonly examples: readonly unknown[];
};

type Found = { readonly urn: string; readonly name: string; readonly value: unknown };

const none: readonly SeenAttribute[] = [];

/** What of a person is under no definition, and was not, or was otherwise, before. */
export const seenIn = (
  type: ResourceType,
  before: object,
  after: object,
): readonly SeenAttribute[] => {
  const old = undeclaredIn(type, before);
  const now = undeclaredIn(type, after);
  if (old.size === 0 && now.size === 0) return none;
  const gone = [...old].filter(([key]) => !now.has(key));
  const changed = [...now].filter(
    ([key, { value }]) => JSON.stringify(old.get(key)?.value) !== JSON.stringify(value),
  );
  return [
    ...gone.map(([, { urn, name }]) => ({ urn, name, people: -1, examples: [] })),
    ...changed.map(([key, { urn, name, value }]) => ({
      urn,
      name,
      people: old.has(key) ? 0 : 1,
      examples: [exampleOf(name, value)],
    })),
  ];
};

const undeclaredIn = (type: ResourceType, document: object): ReadonlyMap<string, Found> => {
  const found = new Map<string, Found>();
  for (const [key, extension] of Object.entries(document)) {
    const schema = key.includes(":") ? findSchema(type, key)?.schema : undefined;
    if (!key.includes(":") || (schema !== undefined && schema.open !== true)) continue;
    const urn = schema?.id ?? key;
    for (const [name, value] of Object.entries((extension ?? {}) as object))
      if (canBeDefined(urn, name) && findAttribute(type, `${urn}:${name}`)?.attribute.undeclared)
        found.set(`${urn}:${name}`.toLowerCase(), { urn, name, value });
  }
  return found;
};

/** What could not be defined is not offered. */
const canBeDefined = (urn: string, name: string): boolean =>
  urn.length <= 250 && /^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name);

const longestExample = 80;

const exampleOf = (name: string, value: unknown): unknown => {
  if (/password|secret|token/i.test(name)) return "…";
  if (Array.isArray(value)) return value.slice(0, 1).map((one) => exampleOf(name, one));
  if (typeof value === "string")
    return value.length > longestExample
      ? `${value.slice(0, longestExample).toWellFormed()}…`
      : value;
  return typeof value === "object" ? {} : value;
};

/** The same of several requests, as one for each attribute, in one order. */
export const mergeSeen = (seen: readonly SeenAttribute[]): SeenAttribute[] =>
  [...Map.groupBy(seen, ({ urn, name }) => `${urn}:${name}`.toLowerCase())]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, same]) => ({
      ...same[0]!,
      people: same.reduce((sum, { people }) => sum + people, 0),
      examples: distinct(same.flatMap(({ examples }) => examples)).slice(0, mostExamples),
    }));

export const mostExamples = 3;

const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];
