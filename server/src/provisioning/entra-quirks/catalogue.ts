interface QuirkEntry {
  readonly key: string;
  /** As an administrator reads it. */
  readonly title: string;
  /** What it makes of what is sent, in a sentence or two. */
  readonly does: string;
  readonly neededBy: string;
  /** Rows (R…) of `provisioning/corpus/`, what identity providers really send; or where else it was seen. */
  readonly source: string;
  /** Whether a new connection has it. */
  readonly default: boolean;
}

/** Every liberty that identity providers take with SCIM and that we allow; each can be switched off for a connection. */
export const quirks = [
  {
    key: "verbCase",
    title: "PATCH verbs in any letter case",
    does: "Takes Add, Replace and REMOVE for add, replace and remove.",
    neededBy: "Entra without the aadOptscim062020 flag",
    source: "R05, R66",
    default: true,
  },
  {
    key: "textBooleans",
    title: '"True" and "False" as text for booleans, in values and in filters',
    does: 'Reads "True" as true, where the attribute is a boolean. Off, a person whose active is "False" is refused.',
    neededBy: "Entra without the aadOptscim062020 flag",
    source: "R01, R02, R36",
    default: true,
  },
  {
    key: "textNumbers",
    title: "Numbers as text, and text as numbers",
    does: 'Reads "42" as 42 where the attribute is a number, and 42 as "42" where it is text.',
    neededBy: "Entra, which sends extension attributes as text",
    source: "seen on the wire (§3.3)",
    default: true,
  },
  {
    key: "flatKeys",
    title: "Dotted and URN keys in values without a path",
    does: 'Reads "name.givenName" and "urn:…:User:department" as the attributes they name, in a PATCH value without a path.',
    neededBy: "Entra and Okta",
    source: "R09, R10",
    default: true,
  },
  {
    key: "removeByValue",
    title: "Remove with a value: only what is listed",
    does: "Takes away only the members or values that a remove lists. Off, such a remove is refused.",
    neededBy: "Entra without the aadOptscim062020 flag",
    source: "R06, R07, R08, R23",
    default: true,
  },
  {
    key: "emptyClears",
    title: "Replace by empty text removes the attribute",
    does: 'Reads replace by "" as remove, so that an emptied attribute does not stay as empty text.',
    neededBy: "Entra, when an attribute loses its value",
    source: "R69, R70",
    default: true,
  },
  {
    key: "looseReferences",
    title: "A manager as bare text, as a list, or empty",
    does: "Reads a manager given as bare text, or as a list of one, as the person with that id.",
    neededBy: "Entra",
    source: "R13, R14, R17, R56, R70",
    default: true,
  },
  {
    key: "looseLists",
    title: "One value, or bare text, instead of a list",
    does: "Reads a single value as a list of one.",
    neededBy: "Entra, JumpCloud and scripts",
    source: "seen on the wire (§3.8, §8.1)",
    default: true,
  },
  {
    key: "wrappedValues",
    title: "A simple value inside a list or an object",
    does: 'Reads [{"value": "x"}] as "x" where the attribute has one simple value.',
    neededBy: "Entra without the aadOptscim062020 flag",
    source: "R17",
    default: true,
  },
  {
    key: "jsonRoles",
    title: "Roles as JSON inside text",
    does: "Reads the value of a role that is JSON in text, as SingleAppRoleAssignment and AppRoleAssignmentsComplex send it.",
    neededBy: "Entra with app roles",
    source: "R35",
    default: true,
  },
  {
    key: "memberNoise",
    title: "Extra keys in member values",
    does: "Leaves out displayName and the like from the members of a group.",
    neededBy: "Okta and OneLogin",
    source: "seen on the wire (§3.8)",
    default: true,
  },
  {
    key: "readOnlyInValue",
    title: "The resource's own id, and other read-only attributes, among changed values",
    does: "Skips the resource's own id, and what only Muster writes, in a PATCH. Off, it is refused as mutability.",
    neededBy: "Okta, and Entra with a mapping to id",
    source: "R71",
    default: true,
  },
  {
    key: "mistypedUrns",
    title: "Schema URNs with a colon missing",
    does: 'Reads "…enterprise:2.0User" as "…enterprise:2.0:User".',
    neededBy: "Entra mappings typed by hand",
    source: "seen on the wire (§3.2)",
    default: true,
  },
  {
    key: "dottedUrns",
    title: "A dot instead of a colon after a schema URN",
    does: 'Reads "…:2.0:User.department" as "…:2.0:User:department".',
    neededBy: "Entra mappings typed by hand",
    source: "seen on the wire (§5.5)",
    default: true,
  },
  {
    key: "unlistedCoreAttributes",
    title: "Custom attributes under the core schema are ignored, not refused",
    does: "Ignores a PATCH path to an attribute that the core schema does not have, and says so in the provisioning log. Off, it is refused as invalidPath.",
    neededBy: "Entra, where a custom attribute was put under the core schema",
    source: "R32, R75",
    default: true,
  },
  {
    key: "unquotedFilters",
    title: "Filter values without quotes",
    does: 'Takes externalId eq ana for externalId eq "ana".',
    neededBy: "Scripts and older connectors",
    source: "seen on the wire (§3.1)",
    default: true,
  },
  {
    key: "createOnNoMatch",
    title: "A value filter that matches nothing creates the value",
    does: 'Creates the work e-mail when a change names emails[type eq "work"] and there is none. Off, it is refused as noTarget.',
    neededBy: "Entra",
    source: "R18, R19, R20, R22, R23",
    default: true,
  },
  {
    key: "removeWithoutMatch",
    title: "Removing what is not there succeeds",
    does: "Answers success when what is to be removed is not there. Off, it is refused as noTarget.",
    neededBy: "Entra, which removes members again after a retry",
    source: "R39",
    default: true,
  },
] as const satisfies readonly QuirkEntry[];

export type QuirkKey = (typeof quirks)[number]["key"];
export type EnabledQuirks = ReadonlySet<QuirkKey>;

/** What a connection has until somebody switches something off. */
export const defaultQuirks: EnabledQuirks = new Set(
  quirks.filter((quirk) => quirk.default).map(({ key }) => key),
);
