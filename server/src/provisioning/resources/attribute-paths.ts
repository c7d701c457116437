import { ENTERPRISE_USER_SCHEMA } from "@muster/scim";

type Leaf = {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  /** The directory user that the value is the id of. */
  readonly userId?: string;
};

/** The attribute paths that a document carries, without repetition: "emails.value", "department". */
export const attributePathsOf = (document: object): Set<string> => {
  const paths = new Set<string>();
  visitLeaves(document, (path) => paths.add(path));
  return paths;
};

/** A directory document as a table, in the order in which it was sent. */
export const describeIdentity = (document: object): Leaf[] => {
  const leaves: Leaf[] = [];
  visitLeaves(document, (path, said, type) => {
    const value = String(said);
    // Entra sends the id alone; RFC 7643 makes it the value of a complex attribute.
    const isPerson = (path === "manager" || path === "manager.value") && uuid.test(value);
    const label = type === undefined ? path : `${path} (${type})`;
    leaves.push({ path, label, value, ...(isPerson && { userId: value }) });
  });
  return leaves;
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

type Visit = (path: string, value: unknown, type?: string) => void;

const visitLeaves = (document: object, visit: Visit, prefix = ""): void => {
  for (const [name, value] of Object.entries(document)) {
    if (name === "schemas") continue;
    if (name.startsWith("urn:") && isObject(value))
      visitLeaves(value, visit, name === ENTERPRISE_USER_SCHEMA ? "" : `${name}:`);
    else
      for (const element of Array.isArray(value) ? value : [value])
        visitElement(`${prefix}${name}`, element, visit);
  }
};

const visitElement = (path: string, element: unknown, visit: Visit): void => {
  if (!isObject(element)) {
    if (element !== null && element !== undefined) visit(path, element);
    return;
  }
  const type = typeof element["type"] === "string" ? element["type"] : undefined;
  for (const [sub, value] of Object.entries(element))
    if (sub !== "type" && sub !== "primary" && sub !== "$ref" && isScalar(value))
      visit(`${path}.${sub}`, value, type);
};

const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
