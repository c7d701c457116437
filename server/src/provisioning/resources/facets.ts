import { hash } from "node:crypto";
import { findAttribute, type AttributePath, type ResourceType } from "@muster/scim";
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

/** The hash that a resource carries when `path` has `value`. */
export const facetFor = (connectionId: string, path: AttributePath, value: unknown): string =>
  hash("sha256", `${connectionId}\n${pathKey(path)}\n${foldedValue(path, value)}`, "buffer")
    .readBigInt64BE(0)
    .toString();

type Leaf = { readonly path: AttributePath; readonly value: unknown };

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
      if (path !== undefined && isScalar(element)) yield { path, value: element };
      continue;
    }
    for (const [subName, subValue] of Object.entries(element)) {
      const path = findAttribute(type, `${name}.${subName}`);
      if (path !== undefined && isScalar(subValue)) yield { path, value: subValue };
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean =>
  ["string", "number", "boolean"].includes(typeof value);

const pathKey = ({ schema, isExtension, attribute, subAttribute }: AttributePath): string => {
  const key = attributeKey(attribute);
  const name = isExtension ? `${schemaKey(schema)}:${key}` : key;
  return subAttribute === undefined ? name : `${name}.${subAttribute.name}`;
};

/** Equal values are written equally, and `5` is not `"5"`. */
const foldedValue = ({ attribute, subAttribute }: AttributePath, value: unknown): string =>
  JSON.stringify(foldScalar(subAttribute ?? attribute, value));
