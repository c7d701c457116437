import { ENTERPRISE_USER_SCHEMA } from "@muster/scim";

type Leaf = {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  /** The directory user that the value is the id of. */
  readonly userId?: string;
};

/** The attribute paths that a document carries, without repetition: "emails.value", "department". */
export const attributePathsOf = (document: object): Set<string> =>
  new Set([...leaves(document)].map(({ path }) => path));

/** A directory document as a table, in the order in which it was sent. */
export const describeIdentity = (document: object): Leaf[] =>
  [...leaves(document)].map((leaf) =>
    // Entra sends the id alone; RFC 7643 makes it the value of a complex attribute.
    (leaf.path === "manager" || leaf.path === "manager.value") && uuid.test(leaf.value)
      ? { ...leaf, userId: leaf.value }
      : leaf,
  );

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function* leaves(document: object, prefix = ""): Generator<Leaf> {
  for (const [name, value] of Object.entries(document)) {
    if (name === "schemas") continue;
    if (name.startsWith("urn:") && isObject(value))
      yield* leaves(value, name === ENTERPRISE_USER_SCHEMA ? "" : `${name}:`);
    else yield* leavesAt(`${prefix}${name}`, value);
  }
}

function* leavesAt(path: string, value: unknown): Generator<Leaf> {
  for (const element of Array.isArray(value) ? value : [value]) {
    if (!isObject(element)) {
      if (element !== null && element !== undefined)
        yield { path, label: path, value: String(element) };
      continue;
    }
    const kind = typeof element["type"] === "string" ? ` (${element["type"]})` : "";
    for (const [sub, subValue] of Object.entries(element))
      if (sub !== "type" && sub !== "primary" && sub !== "$ref" && isScalar(subValue))
        yield { path: `${path}.${sub}`, label: `${path}.${sub}${kind}`, value: String(subValue) };
  }
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
