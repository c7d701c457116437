import { foldCase } from "../fold-case.ts";
import { isObject } from "../json/object.ts";
import type { Attribute } from "../schema/attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";

/**
 * Appends elements to a multi-valued attribute. One that is already there — the same `value` and no other
 * `type` (RFC 7643 §2.4) — is merged into it, and a new primary takes the place of the old one (RFC 7644 §3.5.2).
 */
export function mergeElements(
  attribute: Attribute,
  existing: readonly unknown[],
  added: readonly unknown[],
): unknown[] {
  const elements = [...existing];
  const places: Places = new Map();
  elements.forEach((element, at) => notePlace(attribute, places, element, at));
  for (const element of added) {
    const known = findPlace(attribute, places, element);
    const at = known ?? elements.length;
    elements[at] = known === undefined ? element : mergeElement(elements[at], element);
    notePlace(attribute, places, element, at);
    if (isPrimary(element)) demoteOthers(elements, at);
  }
  return elements;
}

/** Drops repeated elements: equal ones, and for references that cannot change (`members`) those of equal `value`. */
export function distinctElements(attribute: Attribute, elements: readonly unknown[]): unknown[] {
  const isReference = findSubAttribute(attribute, "value")?.mutability === "immutable";
  const distinct = new Map<string, unknown>();
  for (const element of elements) {
    const key = isReference ? identify(attribute, element) : describe(element);
    if (!distinct.has(key)) distinct.set(key, element);
  }
  return [...distinct.values()];
}

/** Makes every other element than the one at `at` not the primary one. */
export function demoteOthers(elements: unknown[], at: number): void {
  elements.forEach((element, index) => {
    if (index !== at && isPrimary(element) && isObject(element)) {
      elements[index] = { ...element, primary: false };
    }
  });
}

/** Where the elements of one identity are, by their folded type; "" for those without one. */
type Places = Map<string, Map<string, number>>;

const isPrimary = (element: unknown): boolean => isObject(element) && element["primary"] === true;

/** An element's identity: its `value`, folded where the case does not count; without one, all it says. */
function identify(attribute: Attribute, element: unknown): string {
  const value = isObject(element) ? element["value"] : element;
  if (value === undefined) return describe(element);
  if (typeof value !== "string") return `=${JSON.stringify(value)}`;
  const described = attribute.subAttributes ? findSubAttribute(attribute, "value") : attribute;
  return described?.caseExact ? `=${value}` : `=${foldCase(value)}`;
}

/** All that an element says, whatever the order of its keys. */
const describe = (element: unknown): string =>
  JSON.stringify(
    isObject(element)
      ? Object.entries(element).sort(([left], [right]) => (left < right ? -1 : 1))
      : element,
  );

const typeOf = (element: unknown): string => {
  const type = isObject(element) ? element["type"] : undefined;
  return typeof type === "string" ? foldCase(type) : "";
};

function findPlace(attribute: Attribute, places: Places, element: unknown): number | undefined {
  const byType = places.get(identify(attribute, element));
  if (!byType) return undefined;
  const type = typeOf(element);
  return type === "" ? byType.values().next().value : (byType.get(type) ?? byType.get(""));
}

function notePlace(attribute: Attribute, places: Places, element: unknown, at: number): void {
  const key = identify(attribute, element);
  const byType = places.get(key) ?? new Map<string, number>();
  const type = typeOf(element);
  if (!byType.has(type)) byType.set(type, at);
  places.set(key, byType);
}

const mergeElement = (existing: unknown, added: unknown): unknown =>
  isObject(existing) && isObject(added) ? { ...existing, ...added } : existing;
