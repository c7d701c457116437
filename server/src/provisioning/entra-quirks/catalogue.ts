interface QuirkEntry {
  readonly key: string;
  /** As an administrator reads it. */
  readonly title: string;
  /** Rows (R…) and sections (§…) of the corpus of what identity providers really send. */
  readonly source: string;
  /** Whether a new connection has it. */
  readonly default: boolean;
}

/** Every liberty that identity providers take with SCIM and that we allow; each can be switched off for a connection. */
export const quirks = [
  {
    key: "verbCase",
    title: "PATCH verbs in any letter case",
    source: "R05, R66; §3.3",
    default: true,
  },
  {
    key: "textBooleans",
    title: '"True" and "False" as text for booleans, in values and in filters',
    source: "R01, R02, R36; §3.3, §3.6, §5.1",
    default: true,
  },
  {
    key: "textNumbers",
    title: "Numbers as text, and text as numbers",
    source: "§3.3",
    default: true,
  },
  {
    key: "flatKeys",
    title: "Dotted and URN keys in values without a path",
    source: "R09, R10; §3.4",
    default: true,
  },
  {
    key: "removeByValue",
    title: "Remove with a value: only what is listed",
    source: "R06, R07, R08, R23; §3.3, §3.8",
    default: true,
  },
  {
    key: "emptyClears",
    title: "Replace by empty text removes the attribute",
    source: "R69, R70; §3.5",
    default: true,
  },
  {
    key: "looseReferences",
    title: "A manager as bare text, as a list, or empty",
    source: "R13, R14, R17, R56, R70; §3.2, §3.3",
    default: true,
  },
  {
    key: "looseLists",
    title: "One value, or bare text, instead of a list",
    source: "§3.8, §8.1",
    default: true,
  },
  {
    key: "wrappedValues",
    title: "A simple value inside a list or an object",
    source: "R17; §8.1",
    default: true,
  },
  {
    key: "jsonRoles",
    title: "Roles as JSON inside text",
    source: "R35; §3.6",
    default: true,
  },
  {
    key: "memberNoise",
    title: "Extra keys in member values",
    source: "§3.8",
    default: true,
  },
  {
    key: "readOnlyInValue",
    title: "The resource's own id, and other read-only attributes, among changed values",
    source: "R71; §6, §8.1",
    default: true,
  },
  {
    key: "mistypedUrns",
    title: "Schema URNs with a colon missing",
    source: "§3.2",
    default: true,
  },
  {
    key: "dottedUrns",
    title: "A dot instead of a colon after a schema URN",
    source: "§5.5",
    default: true,
  },
  {
    key: "unlistedCoreAttributes",
    title: "Custom attributes under the core schema are ignored, not refused",
    source: "R32, R75",
    default: true,
  },
  {
    key: "unquotedFilters",
    title: "Filter values without quotes",
    source: "§3.1",
    default: true,
  },
  {
    key: "createOnNoMatch",
    title: "A value filter that matches nothing creates the value",
    source: "R18, R19, R20, R22, R23; §3.3",
    default: true,
  },
  {
    key: "removeWithoutMatch",
    title: "Removing what is not there succeeds",
    source: "R39; §3.8",
    default: true,
  },
] as const satisfies readonly QuirkEntry[];

export type QuirkKey = (typeof quirks)[number]["key"];
export type EnabledQuirks = ReadonlySet<QuirkKey>;

/** What a connection has until somebody switches something off. */
export const defaultQuirks: EnabledQuirks = new Set(
  quirks.filter((quirk) => quirk.default).map(({ key }) => key),
);
