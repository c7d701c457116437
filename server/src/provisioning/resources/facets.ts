import { hash } from "node:crypto";
import { findAttribute, foldCase, type AttributePath, type ResourceType } from "@muster/scim";
import { attributeKey, foldScalar, schemaKey } from "./folded.ts";

/**
 * What of a resource an equality filter may ask for, each as a 64-bit hash: `attribute`, `attribute.sub`, and
 * `attribute[type eq "t"].sub` for the elements of a list. One index over these answers every such filter. The
 * connection is part of the hash, so no two connections ever meet in the index.
 */
export const facetsOf = (connectionId: string, type: ResourceType, document: object): string[] => {
  const facets = new Set<string>();
  for (const { path, typed, value } of leavesOf(type, document)) {
    facets.add(facetFor(connectionId, path, value));
    if (typed !== undefined) facets.add(facetFor(connectionId, path, value, typed));
  }
  return [...facets];
};

/** The hash that a resource carries when `path` has `value` (in an element of type `typed`, if given). */
export const facetFor = (
  connectionId: string,
  path: AttributePath,
  value: unknown,
  typed?: string,
): string =>
  hash("sha256", `${connectionId}\n${pathKey(path, typed)}\n${foldedValue(path, value)}`, "buffer")
    .readBigInt64BE(0)
    .toString();

type Leaf = { path: AttributePath; typed: string | undefined; value: unknown };

function* leavesOf(type: ResourceType, document: object): Generator<Leaf> {
  for (const [name, value] of Object.entries(document)) {
    if (name.startsWith("urn:") && isObject(value))
      for (const [extensionName, extensionValue] of Object.entries(value))
        yield* leavesAt(type, `${name}:${extensionName}`, extensionValue);
    else yield* leavesAt(type, name, value);
  }
}

function* leavesAt(type: ResourceType, name: string, value: unknown): Generator<Leaf> {
  for (const element of Array.isArray(value) ? value : [value]) {
    if (!isObject(element)) {
      const path = findAttribute(type, name);
      if (path !== undefined && isScalar(element)) yield { path, typed: undefined, value: element };
      continue;
    }
    const typed =
      typeof element["type"] === "string" && Array.isArray(value) ? element["type"] : undefined;
    for (const [subName, subValue] of Object.entries(element)) {
      const path = findAttribute(type, `${name}.${subName}`);
      if (path !== undefined && isScalar(subValue)) yield { path, typed, value: subValue };
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean =>
  ["string", "number", "boolean"].includes(typeof value);

const pathKey = (
  { schema, isExtension, attribute, subAttribute }: AttributePath,
  typed?: string,
): string => {
  const key = attributeKey(attribute);
  const name = isExtension ? `${schemaKey(schema)}:${key}` : key;
  const element = typed === undefined ? name : `${name}[${foldCase(typed)}]`;
  return subAttribute === undefined ? element : `${element}.${subAttribute.name}`;
};

/** Equal values are written equally, and `5` is not `"5"`. */
const foldedValue = ({ attribute, subAttribute }: AttributePath, value: unknown): string =>
  JSON.stringify(foldScalar(subAttribute ?? attribute, value));
