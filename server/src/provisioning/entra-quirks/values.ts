import { type Attribute, type AttributePath, findSubAttribute } from "@muster/scim";
import type { EnabledQuirks } from "./catalogue.ts";

type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isBlank = (value: unknown): boolean => value === "" || value === null || value === undefined;

/** Rewrites a value into what the attribute that a path ends at wants; null when nothing is meant by it. */
export function normalizeValue(
  { attribute, subAttribute, filter }: AttributePath,
  value: unknown,
  enabled: EnabledQuirks,
): unknown {
  if (attribute.undeclared) return value;
  if (subAttribute) return normalizeSimple(subAttribute, value, enabled);
  if (attribute.multiValued && !filter) return normalizeList(attribute, value, enabled);
  if (attribute.type !== "complex") return normalizeSimple(attribute, value, enabled);
  return normalizeElement(attribute, unwrapList(attribute, value, enabled), enabled);
}

function normalizeSimple(attribute: Attribute, value: unknown, enabled: EnabledQuirks): unknown {
  const bare = enabled.has("wrappedValues") ? unwrapValue(value) : value;
  return readNumber(attribute, readBoolean(attribute, bare, enabled), enabled);
}

/** R01, R02: "True", "false". */
function readBoolean(attribute: Attribute, value: unknown, enabled: EnabledQuirks): unknown {
  if (attribute.type !== "boolean" || typeof value !== "string") return value;
  if (!enabled.has("textBooleans")) return value;
  const folded = value.trim().toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : value;
}

/** entra-wire §3.3, in both directions: "42" for a number, and 42 for text. */
function readNumber(attribute: Attribute, value: unknown, enabled: EnabledQuirks): unknown {
  if (!enabled.has("textNumbers")) return value;
  if (attribute.type === "string") return Number.isSafeInteger(value) ? String(value) : value;
  const isNumeric = attribute.type === "integer" || attribute.type === "decimal";
  if (!isNumeric || typeof value !== "string") return value;
  return /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

/** `[{"$ref": null, "value": "x"}]`, `["x"]` and `{"value": "x"}` for `x`. */
function unwrapValue(value: unknown): unknown {
  const [single] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : [value];
  if (!isObject(single) || !("value" in single)) return single;
  return Object.keys(single).every((key) => key === "value" || isBlank(single[key]))
    ? single["value"]
    : single;
}

/** §3.3: `[{"value": "id"}]` for a manager. */
function unwrapList(attribute: Attribute, value: unknown, enabled: EnabledQuirks): unknown {
  const quirk = attribute.multiValued ? "looseLists" : "looseReferences";
  return Array.isArray(value) && value.length === 1 && enabled.has(quirk) ? value[0] : value;
}

/** §3.8: one object, or bare text, for a list. */
export function normalizeList(
  attribute: Attribute,
  value: unknown,
  enabled: EnabledQuirks,
): unknown {
  if (isBlank(value)) return value;
  if (!Array.isArray(value) && !enabled.has("looseLists")) return value;
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (attribute.type !== "complex") {
    return elements.map((element) => normalizeSimple(attribute, element, enabled));
  }
  return elements.map((element) => normalizeElement(attribute, element, enabled));
}

/** One complex value: text becomes its `value`, and an empty `value` none at all. */
function normalizeElement(attribute: Attribute, value: unknown, enabled: EnabledQuirks): unknown {
  const hasValue = findSubAttribute(attribute, "value") !== undefined;
  const allowed = enabled.has(attribute.multiValued ? "looseLists" : "looseReferences");
  const element = typeof value === "string" && hasValue && allowed ? { value } : value;
  if (!isObject(element)) return element;
  const plain = dropMemberNoise(attribute, readJsonRole(attribute, element, enabled), enabled);
  if (hasValue && allowed && "value" in plain && isBlank(plain["value"])) return null;
  return normalizeParts(attribute, plain, enabled);
}

/** R35: a role whose value is `{"id":"…","value":"Admin","displayName":"Admin"}`, as text. */
function readJsonRole(
  attribute: Attribute,
  element: JsonObject,
  enabled: EnabledQuirks,
): JsonObject {
  const { value: text, ...others } = element;
  if (attribute.name !== "roles" || typeof text !== "string" || !text.startsWith("{")) {
    return element;
  }
  const role = enabled.has("jsonRoles") ? parseObject(text) : undefined;
  const value = role?.["value"] ?? role?.["displayName"];
  if (typeof value !== "string") return element;
  const display = role?.["displayName"];
  return { ...(typeof display === "string" && { display }), ...others, value };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** §3.8: a member is its value; `displayName` and the like come along for nothing. */
function dropMemberNoise(
  attribute: Attribute,
  element: JsonObject,
  enabled: EnabledQuirks,
): JsonObject {
  if (attribute.name !== "members" || !enabled.has("memberNoise")) return element;
  return Object.fromEntries(
    Object.entries(element).filter(([name]) => findSubAttribute(attribute, name)),
  );
}

function normalizeParts(
  attribute: Attribute,
  element: JsonObject,
  enabled: EnabledQuirks,
): JsonObject {
  return Object.fromEntries(
    Object.entries(element).map(([name, part]) => {
      const sub = findSubAttribute(attribute, name);
      return [name, sub ? normalizeSimple(sub, part, enabled) : part];
    }),
  );
}
