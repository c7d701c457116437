import { isEqual } from "../json/equal.ts";
import { isEmptyObject, isObject, isUnassigned, type JsonObject } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { PatchOperation } from "./operation.ts";

/** The next value of a single-valued attribute; undefined when nothing is left of it. */
export function changeSingle(current: unknown, { op, path, value }: PatchOperation): unknown {
  const { attribute, subAttribute } = path;
  if (subAttribute)
    return changePart(
      isObject(current) ? current : {},
      subAttribute,
      op === "remove" ? undefined : value,
    );
  if (op === "remove") return undefined;
  if (attribute.undeclared) return changeUndeclared(current, op, value);
  if (attribute.type !== "complex" || !isObject(value)) return value;
  return mergeParts(isObject(current) ? current : {}, value);
}

/** Sets or takes away one sub-attribute. Throws mutability when it is immutable and has another value. */
export function changePart(
  current: JsonObject,
  { name, mutability }: Attribute,
  value: unknown,
): JsonObject | undefined {
  const present = Object.hasOwn(current, name) ? current[name] : undefined;
  if (mutability === "immutable" && present !== undefined && !isEqual(present, value)) {
    throw scimErrors.mutability(`${name} cannot be changed once it has a value.`);
  }
  return mergeParts(current, { [name]: value });
}

/**
 * Merges sub-attributes in (RFC 7644 §3.5.2.3: those not named stay); null takes one away. A `$ref` that
 * was not sent along with another `value` would point at the old one, and goes.
 */
export function mergeParts(current: JsonObject, parts: JsonObject): JsonObject | undefined {
  const merged: JsonObject = { ...current };
  if ("value" in parts && !isEqual(current["value"], parts["value"])) delete merged["$ref"];
  for (const name of Object.keys(parts)) {
    if (isUnassigned(parts[name])) delete merged[name];
    else merged[name] = parts[name];
  }
  return isEmptyObject(merged) ? undefined : merged;
}

/** Without a schema, the value says what it is: a list is added to, all else is replaced (R17). */
function changeUndeclared(current: unknown, op: "add" | "replace", value: unknown): unknown {
  if (op !== "add" || !Array.isArray(current) || !Array.isArray(value)) return value;
  const known = new Set(current.map((item) => JSON.stringify(item)));
  return [...current, ...value.filter((item) => !known.has(JSON.stringify(item)))];
}
