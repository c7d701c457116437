import { foldCase } from "../fold-case.ts";
import { isEmptyObject, isObject, isUnassigned, type JsonObject } from "../json/object.ts";
import { printable } from "../json/printable.ts";
import { scimErrors } from "../messages/error.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { isExtensionUrn } from "../schema/find-attribute.ts";
import { findSchema, indexOf, type IndexedSchema, lookUp } from "../schema/index-attributes.ts";
import { copyAsSent } from "./copy-as-sent.ts";
import { parseText } from "./parse-text.ts";
import { parseValue } from "./parse-value.ts";
import { requireAttributes } from "./require-attributes.ts";
import type { Resource } from "./resource.ts";

/** A resource as read from a body, and the names of what was not kept. */
export interface ParsedResource {
  readonly resource: Resource;
  /** Dotted paths of what was sent and is not kept. */
  readonly ignored: string[];
}

/**
 * Reads the body of a POST or PUT. Keeps every accepted value as it was sent, under canonical names; leaves out what is
 * readOnly, null or empty; keeps whole the objects under extension URNs that the type does not have, and what an open
 * extension does not declare.
 * Throws invalidSyntax and invalidValue, naming the path.
 */
export function parseResource(type: ResourceType, body: unknown): ParsedResource {
  if (!isObject(body)) throw scimErrors.invalidSyntax(`A ${type.name} must be a JSON object.`);
  const ignored: string[] = [];
  const { core } = indexOf(type);
  const resource: Resource = { schemas: [] };
  let declared: unknown;
  for (const key of Object.keys(body)) {
    const folded = key.toLowerCase();
    if (folded === "schemas") declared = body[key];
    else if (folded.startsWith("urn:")) parseExtension(type, resource, [key, body[key]], ignored);
    else parseMember(resource, core, [key, body[key]], ignored);
  }
  resource.schemas = listSchemas(type, resource, declared);
  requireAttributes(type, resource);
  return { resource, ignored: ignored.map(printable) };
}

function parseMember(
  target: JsonObject,
  { attributes, schema, isExtension }: IndexedSchema,
  [key, value]: readonly [string, unknown],
  ignored: string[],
): void {
  const attribute = lookUp(attributes, key);
  const prefix = isExtension ? `${schema.id}:` : "";
  if (!attribute) {
    if (isUnassigned(value)) return;
    if (schema.open && key !== "__proto__")
      target[parseText(key, `${prefix}, a name,`)] = copyAsSent(value, prefix + key, ignored);
    else ignored.push(prefix + key);
    return;
  }
  const parsed = parseValue(attribute, value, prefix + attribute.name, ignored);
  if (parsed === undefined) return;
  if (Object.hasOwn(target, attribute.name)) {
    throw scimErrors.invalidSyntax(`${prefix}${attribute.name} is given twice.`);
  }
  target[attribute.name] = parsed;
}

function parseExtension(
  type: ResourceType,
  resource: Resource,
  [key, value]: readonly [string, unknown],
  ignored: string[],
): void {
  if (isUnassigned(value)) return;
  const known = findSchema(type, key);
  const name = known?.schema.id ?? key;
  if (!isObject(value) || !isExtensionUrn(key) || (known && !known.isExtension)) {
    ignored.push(key);
    return;
  }
  if (Object.hasOwn(resource, name)) throw scimErrors.invalidSyntax(`${name} is given twice.`);
  const parsed = known ? parseMembers(known, value, ignored) : copyAsSent(value, key, ignored);
  if (isObject(parsed) && !isEmptyObject(parsed)) resource[name] = parsed;
}

function parseMembers(schema: IndexedSchema, value: JsonObject, ignored: string[]): JsonObject {
  const target: JsonObject = {};
  for (const key of Object.keys(value)) parseMember(target, schema, [key, value[key]], ignored);
  return target;
}

/** The core schema, the extensions that have values, and what the client declared of those that the type has. */
function listSchemas(type: ResourceType, resource: Resource, declared: unknown): string[] {
  const schemas = new Set([type.schema.id]);
  const wanted = new Set(
    (Array.isArray(declared) ? declared : []).map((urn) =>
      typeof urn === "string" ? foldCase(urn) : "",
    ),
  );
  for (const { schema, foldedUrn } of indexOf(type).extensions) {
    if (Object.hasOwn(resource, schema.id) || wanted.has(foldedUrn)) schemas.add(schema.id);
  }
  for (const key of Object.keys(resource)) if (key.includes(":")) schemas.add(key);
  return [...schemas];
}
