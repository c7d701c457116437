import { isObject, type JsonObject } from "../json/object.ts";
import { PATCH_OP } from "../urns.ts";
import { referencesOf } from "./references.ts";

/** A resource to create without some of what it refers to, and the PATCH that adds the rest. */
export interface SetAside {
  readonly data: JsonObject;
  readonly patch: JsonObject;
}

interface Part {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Takes out of a resource what refers to the given bulkIds, so that it can be created before they are: the elements of
 * a list that do, a single attribute as a whole.
 */
export function setAside(data: JsonObject, bulkIds: ReadonlySet<string>): SetAside {
  const parts: Part[] = [];
  const kept = keep(data, bulkIds, { parts, prefix: "" });
  const operations = parts.map(({ path, value }) => ({ op: "add", path, value }));
  return { data: kept, patch: { schemas: [PATCH_OP], Operations: operations } };
}

function keep(
  object: JsonObject,
  bulkIds: ReadonlySet<string>,
  { parts, prefix }: { parts: Part[]; prefix: string },
): JsonObject {
  const refers = (key: string, value: unknown) =>
    [...referencesOf({ [key]: value })].some((bulkId) => bulkIds.has(bulkId));
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object)) {
    const path = `${prefix}${key}`;
    if (!refers(key, value)) kept.push([key, value]);
    else if (isExtension(key) && isObject(value))
      kept.push([key, keep(value, bulkIds, { parts, prefix: `${key}:` })]);
    else if (Array.isArray(value)) {
      kept.push([key, value.filter((item) => !refers(key, item))]);
      parts.push({ path, value: value.filter((item) => refers(key, item)) });
    } else parts.push({ path, value });
  }
  return Object.fromEntries(kept);
}

/** An object under a URN holds the attributes of an extension (RFC 7643 §3.3). */
const isExtension = (key: string): boolean => /^urn:/i.test(key);
