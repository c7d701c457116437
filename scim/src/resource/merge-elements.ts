import { foldCase } from "../fold-case.ts";
import { isEqual } from "../json/equal.ts";
import { isObject, type JsonObject } from "../json/object.ts";
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
  const byValue = indexByValue(attribute, elements);
  for (const element of added) {
    const at = findSame(attribute, elements, byValue, element);
    if (at < 0) {
      noteValue(attribute, byValue, element, elements.length);
      elements.push(element);
    } else {
      elements[at] = mergeElement(elements[at], element);
    }
    if (isPrimary(element)) demoteOthers(elements, at < 0 ? elements.length - 1 : at);
  }
  return elements;
}

/** Drops repeated elements: equal ones, and for references that cannot change (`members`) those of equal `value`. */
export function distinctElements(attribute: Attribute, elements: readonly unknown[]): unknown[] {
  const isReference = findSubAttribute(attribute, "value")?.mutability === "immutable";
  const places: PlacesByValue = new Map();
  const distinct: unknown[] = [];
  for (const element of elements) {
    const key = keyOf(attribute, element);
    const candidates = places.get(key) ?? [];
    const isReferenced = isReference && key !== undefined && candidates.length > 0;
    if (isReferenced || candidates.some((at) => isEqual(distinct[at], element))) continue;
    noteValue(attribute, places, element, distinct.length);
    distinct.push(element);
  }
  return distinct;
}

/** Makes every other element than the one at `at` not the primary one. */
export function demoteOthers(elements: unknown[], at: number): void {
  elements.forEach((element, index) => {
    if (index !== at && isPrimary(element) && isObject(element)) {
      elements[index] = { ...element, primary: false };
    }
  });
}

type PlacesByValue = Map<unknown, number[]>;

const isPrimary = (element: unknown): boolean => isObject(element) && element["primary"] === true;

/** An element's identity: its `value`, folded where the case does not count. */
function keyOf(attribute: Attribute, element: unknown): unknown {
  const value = isObject(element) ? element["value"] : element;
  if (typeof value !== "string") return value;
  const described = attribute.subAttributes ? findSubAttribute(attribute, "value") : attribute;
  return described?.caseExact ? value : foldCase(value);
}

function indexByValue(attribute: Attribute, elements: readonly unknown[]): PlacesByValue {
  const places: PlacesByValue = new Map();
  elements.forEach((element, at) => noteValue(attribute, places, element, at));
  return places;
}

function noteValue(
  attribute: Attribute,
  places: PlacesByValue,
  element: unknown,
  at: number,
): void {
  const key = keyOf(attribute, element);
  const known = places.get(key);
  if (known) known.push(at);
  else places.set(key, [at]);
}

function findSame(
  attribute: Attribute,
  elements: readonly unknown[],
  places: PlacesByValue,
  element: unknown,
): number {
  const key = keyOf(attribute, element);
  const candidates = places.get(key) ?? [];
  return (
    candidates.find((at) =>
      key === undefined ? isEqual(elements[at], element) : hasSameType(elements[at], element),
    ) ?? -1
  );
}

function hasSameType(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return true;
  const [leftType, rightType] = [left["type"], right["type"]];
  if (typeof leftType !== "string" || typeof rightType !== "string") return true;
  return foldCase(leftType) === foldCase(rightType);
}

const mergeElement = (existing: unknown, added: unknown): unknown =>
  isObject(existing) && isObject(added) ? mergeObject(existing, added) : existing;

const mergeObject = (existing: JsonObject, added: JsonObject): JsonObject => ({
  ...existing,
  ...added,
});
