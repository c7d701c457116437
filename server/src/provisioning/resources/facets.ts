import { hash } from "node:crypto";
import { findAttribute, type AttributePath, type ResourceType } from "@muster/scim";
import { LRUCache } from "lru-cache";
import { attributeKey, foldScalar, schemaKey } from "./folded.ts";

/**
 * What of a resource an equality filter may ask for, each as a 64-bit hash: `attribute` and `attribute.sub`. One index over
 * these answers every such filter. The connection is part of the hash, so no two connections ever meet in the index.
 */
export const facetsOf = (connectionId: string, type: ResourceType, document: object): string[] => {
  const facets = new Set<string>();
  for (const { path, value } of leavesOf(type, document))
    facets.add(facetFor(connectionId, path, value));
  return [...facets];
};

/** Most of what is said of a person is said of many, or was said of them a moment ago. */
const hashes = new LRUCache<string, string>({ max: 4000 });
const longestRemembered = 250;

/** The hash that a resource carries when `path` has `value`. */
export const facetFor = (connectionId: string, path: AttributePath, value: unknown): string => {
  const said = `${connectionId}\n${pathKey(path)}\n${foldedValue(path, value)}`;
  const known = hashes.get(said);
  if (known !== undefined) return known;
  const facet = hash("sha256", said, "buffer").readBigInt64BE(0).toString();
  if (said.length < longestRemembered) hashes.set(said, facet);
  return facet;
};

type Leaf = { readonly path: AttributePath; readonly value: unknown };

const leavesOf = (type: ResourceType, document: object): Leaf[] => {
  const leaves: Leaf[] = [];
  for (const [name, value] of Object.entries(document)) {
    if (name.startsWith("urn:") && isObject(value))
      for (const [extensionName, extensionValue] of Object.entries(value))
        addLeaves(leaves, type, { name: `${name}:${extensionName}`, value: extensionValue });
    else addLeaves(leaves, type, { name, value });
  }
  return leaves;
};

const addLeaves = (
  leaves: Leaf[],
  type: ResourceType,
  { name, value }: { name: string; value: unknown },
): void => {
  const add = (path: string, part: unknown): void => {
    const found = isScalar(part) ? findAttribute(type, path) : undefined;
    if (found !== undefined) leaves.push({ path: found, value: part });
  };
  for (const element of Array.isArray(value) ? value : [value])
    if (isObject(element))
      for (const [subName, subValue] of Object.entries(element))
        add(`${name}.${subName}`, subValue);
    else add(name, element);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const pathKey = ({ schema, isExtension, attribute, subAttribute }: AttributePath): string => {
  const key = attributeKey(attribute);
  const name = isExtension ? `${schemaKey(schema)}:${key}` : key;
  return subAttribute === undefined ? name : `${name}.${subAttribute.name}`;
};

/** Equal values are written equally, and `5` is not `"5"`. */
const foldedValue = ({ attribute, subAttribute }: AttributePath, value: unknown): string =>
  JSON.stringify(foldScalar(subAttribute ?? attribute, value));
