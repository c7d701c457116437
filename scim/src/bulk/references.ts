import { isObject, type JsonObject } from "../json/object.ts";

/** Gives what stands for a bulkId: the id of what was created under it. */
export type Resolve = (bulkId: string) => string;

/** Attributes that hold the id of another resource, or its address. */
const VALUES = new Set(["value", "members", "manager"]);

/**
 * Puts ids in the place of references to other operations (`bulkId:…`, RFC 7644 §3.7.2). Only attributes that refer to
 * resources are looked at: somebody may be called bulkId:1. Throws what `resolve` throws.
 */
export function resolveReferences(data: JsonObject, resolve: Resolve): JsonObject {
  return resolveObject(data, resolve);
}

/** The id of a path, resolved if it is a reference. */
export const resolveId = (id: string, resolve: Resolve): string => {
  const bulkId = bulkIdOf(id);
  return bulkId === undefined ? id : resolve(bulkId);
};

/** The bulkIds that data refers to. */
export function referencesOf(data: unknown): Set<string> {
  const found = new Set<string>();
  resolveValue("", data, (bulkId) => {
    found.add(bulkId);
    return bulkId;
  });
  return found;
}

/** The bulkId that an id is a reference to. */
export const bulkIdOf = (id: string): string | undefined => /^bulkId:(.+)$/s.exec(id)?.[1];

function resolveObject(object: JsonObject, resolve: Resolve): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, resolveValue(key, value, resolve)]),
  );
}

function resolveValue(key: string, value: unknown, resolve: Resolve): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(key, item, resolve));
  if (isObject(value)) return resolveObject(value, resolve);
  return typeof value === "string" ? resolveText(nameOf(key), value, resolve) : value;
}

/** The last name of a path: patches say `manager.value` and `urn:…:User:manager` too. */
const nameOf = (key: string): string => (key.split(/[.:]/).at(-1) ?? "").toLowerCase();

function resolveText(name: string, text: string, resolve: Resolve): string {
  if (!text.includes("bulkId:")) return text;
  if (VALUES.has(name)) return resolveId(text, resolve);
  if (name === "$ref")
    return text.replace(/(?<=^|\/)bulkId:([^/?#]+)$/, (_, bulkId: string) => resolve(bulkId));
  // The path of a patch operation: members[value eq "bulkId:…"].
  if (name === "path")
    return text.replaceAll(/"bulkId:([^"\\]+)"/g, (_, bulkId: string) => `"${resolve(bulkId)}"`);
  return text;
}
