import { isObject, isUnassigned, type JsonObject } from "../json/object.ts";
import { parseText } from "../resource/parse-text.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { undeclaredAttribute } from "../schema/build.ts";
import { type AttributePath, isExtensionUrn } from "../schema/find-attribute.ts";
import { findSchema, indexOf, type IndexedSchema, lookUp } from "../schema/index-attributes.ts";
import type { PatchVerb } from "./operation.ts";

export interface AttributeChange {
  readonly path: AttributePath;
  readonly value: unknown;
}

/**
 * Takes a path-less value, shaped like a resource, apart into changes of single attributes
 * (RFC 7644 §3.5.2.1, §3.5.2.3). What no schema knows comes back under an undeclared core attribute.
 */
export function takeApart(type: ResourceType, op: PatchVerb, value: JsonObject): AttributeChange[] {
  const { core } = indexOf(type);
  return Object.keys(value).flatMap((key) => {
    const item = value[key];
    if (key.toLowerCase() === "schemas") return [];
    const schema = findSchema(type, key);
    if (schema) return takeSchemaApart(schema, op, item, key);
    if (isExtensionUrn(key) && isObject(item)) return takeUndeclaredApart(key, item);
    return [changeOf(core, key, item)];
  });
}

function takeSchemaApart(
  schema: IndexedSchema,
  op: PatchVerb,
  value: unknown,
  key: string,
): AttributeChange[] {
  if (isObject(value)) return Object.keys(value).map((name) => changeOf(schema, name, value[name]));
  if (!isUnassigned(value)) return [unknownOf(schema, key, value)];
  if (op === "add" || !schema.isExtension) return [];
  return schema.schema.attributes
    .filter(({ mutability }) => mutability !== "readOnly")
    .map((attribute) => ({
      path: pathOf(schema, attribute),
      value: op === "remove" ? undefined : null,
    }));
}

const takeUndeclaredApart = (urn: string, value: JsonObject): AttributeChange[] =>
  Object.keys(value)
    .filter((name) => name !== "__proto__")
    .map((name) => ({
      path: {
        schema: urn,
        isExtension: true,
        attribute: undeclaredAttribute(parseText(name, `${urn}, a name,`)),
      },
      value: value[name],
    }));

function changeOf(schema: IndexedSchema, name: string, value: unknown): AttributeChange {
  const attribute = lookUp(schema.attributes, name);
  if (attribute) return { path: pathOf(schema, attribute), value };
  if (schema.schema.open && name !== "__proto__")
    return { path: pathOf(schema, undeclaredAttribute(parseText(name, "A name"))), value };
  return unknownOf(schema, name, value);
}

const pathOf = (
  { schema, isExtension }: IndexedSchema,
  attribute: AttributePath["attribute"],
): AttributePath => ({ schema: schema.id, isExtension, attribute });

const unknownOf = (
  { schema, isExtension }: IndexedSchema,
  name: string,
  value: unknown,
): AttributeChange => ({
  path: {
    schema: schema.id,
    isExtension: false,
    attribute: undeclaredAttribute(isExtension ? `${schema.id}:${name}` : name),
  },
  value,
});
