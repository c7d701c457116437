import { parseInstant } from "../filter/instant.ts";
import { isEmptyObject, isObject, isUnassigned, type JsonObject } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import type { Attribute } from "../schema/attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";
import { copyAsSent } from "./copy-as-sent.ts";
import { distinctElements } from "./merge-elements.ts";
import { parseText } from "./parse-text.ts";

const BASE64 = /^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?$/;

/**
 * Checks one attribute's value against its type and copies it, sub-attribute names made canonical and
 * values untouched. Gives undefined for what is unassigned or readOnly; names what it leaves out in `ignored`.
 * Throws invalidValue, naming the path.
 */
export function parseValue(
  attribute: Attribute,
  value: unknown,
  at: string,
  ignored: string[],
): unknown {
  if (attribute.mutability === "readOnly" || isUnassigned(value)) return undefined;
  if (attribute.undeclared) return copyAsSent(value, at, ignored);
  if (!attribute.multiValued) return parseSingle(attribute, value, at, ignored);
  if (!Array.isArray(value)) throw scimErrors.invalidValue(`${at} must be a list.`);
  const elements = value
    .map((item, index) => parseElement(attribute, item, `${at}[${index}]`, ignored))
    .filter((item) => item !== undefined);
  refuseTwoPrimaries(elements, at);
  return elements.length === 0 ? undefined : distinctElements(attribute, elements);
}

/** Checks one element of a multi-valued attribute, or the one value of a single-valued attribute. */
export function parseElement(
  attribute: Attribute,
  value: unknown,
  at: string,
  ignored: string[],
): unknown {
  return isUnassigned(value) ? undefined : parseSingle(attribute, value, at, ignored);
}

function parseSingle(attribute: Attribute, value: unknown, at: string, ignored: string[]): unknown {
  switch (attribute.type) {
    case "complex":
      return parseComplex(attribute, value, at, ignored);
    case "boolean":
      if (typeof value === "boolean") return value;
      throw scimErrors.invalidValue(`${at} must be true or false.`);
    case "integer":
      if (Number.isSafeInteger(value)) return value;
      throw scimErrors.invalidValue(`${at} must be an integer between -2^53 and 2^53.`);
    case "decimal":
      if (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
      throw scimErrors.invalidValue(`${at} must be a number between -2^53 and 2^53.`);
    case "string":
    case "reference":
      return parseText(value, at);
    case "dateTime":
      if (!Number.isNaN(parseInstant(parseText(value, at)))) return value;
      throw scimErrors.invalidValue(`${at} must be a dateTime such as 2026-01-31T09:30:00Z.`);
    default:
      if (BASE64.test(parseText(value, at))) return value;
      throw scimErrors.invalidValue(`${at} must be base64.`);
  }
}

function parseComplex(
  attribute: Attribute,
  value: unknown,
  at: string,
  ignored: string[],
): JsonObject | undefined {
  if (!isObject(value)) throw scimErrors.invalidValue(`${at} must be an object.`);
  const parsed: JsonObject = {};
  for (const key of Object.keys(value)) {
    const sub = findSubAttribute(attribute, key);
    if (!sub) {
      ignored.push(`${at}.${key}`);
      continue;
    }
    const subValue = parseValue(sub, value[key], `${at}.${sub.name}`, ignored);
    if (subValue === undefined) continue;
    if (Object.hasOwn(parsed, sub.name)) {
      throw scimErrors.invalidSyntax(`${at}.${sub.name} is given twice.`);
    }
    parsed[sub.name] = subValue;
  }
  return isEmptyObject(parsed) ? undefined : parsed;
}

/** RFC 7643 §2.4: the primary attribute value true MUST appear no more than once. */
function refuseTwoPrimaries(elements: readonly unknown[], at: string): void {
  const primaries = elements.filter((item) => isObject(item) && item["primary"] === true);
  if (primaries.length > 1) {
    throw scimErrors.invalidValue(
      `${at} has ${primaries.length} primary values; one at most may be.`,
    );
  }
}
