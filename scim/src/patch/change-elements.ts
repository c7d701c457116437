import { matchesElement } from "../filter/evaluate-filter.ts";
import type { Filter } from "../filter/filter.ts";
import { printFilter } from "../filter/print-filter.ts";
import { isObject, isUnassigned, type JsonObject } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import { demoteOthers, mergeElements } from "../resource/merge-elements.ts";
import { changePart, mergeParts } from "./change-single.ts";
import type { PatchOperation, PatchOptions } from "./operation.ts";

/** The next value of an attribute that is changed element by element; undefined when no element is left. */
export function changeElements(
  current: unknown,
  operation: PatchOperation,
  options: PatchOptions,
): unknown {
  const present = Array.isArray(current) ? current : isUnassigned(current) ? [] : [current];
  const elements = nextElements(present, operation, options);
  return operation.path.attribute.multiValued
    ? elements.length > 0
      ? elements
      : undefined
    : elements[0];
}

function nextElements(
  present: readonly unknown[],
  operation: PatchOperation,
  options: PatchOptions,
): readonly unknown[] {
  const { op, path, value } = operation;
  const { attribute, filter, subAttribute } = path;
  if (!filter && !subAttribute) {
    if (op === "remove") return [];
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    return op === "add" ? mergeElements(attribute, present, given) : given;
  }
  const selected = present.map((element) => !filter || matchesElement(filter, element));
  if (selected.includes(true)) return changeSelected(present, selected, operation);
  if (op !== "remove") return createElement(present, operation, options);
  if (options.onNothingToRemove !== "ignore" && filter)
    throw nothingMatches(attribute.name, filter);
  return present;
}

function changeSelected(
  present: readonly unknown[],
  selected: readonly boolean[],
  operation: PatchOperation,
): readonly unknown[] {
  const elements: unknown[] = [];
  let promoted = -1;
  present.forEach((element, at) => {
    const next = selected[at] ? changeElement(element, operation) : element;
    if (next === undefined) return;
    if (selected[at] && promoted < 0 && becomesPrimary(operation, next)) promoted = elements.length;
    elements.push(next);
  });
  if (promoted >= 0) demoteOthers(elements, promoted);
  return elements;
}

function changeElement(element: unknown, { op, path, value }: PatchOperation): unknown {
  const { filter, subAttribute } = path;
  if (!subAttribute) {
    if (op === "remove") return undefined;
    if (!isObject(element) || !isObject(value)) return value;
    return op === "add" ? mergeParts(element, value) : { ...(filter && seedOf(filter)), ...value };
  }
  const changed = changePart(
    isObject(element) ? element : {},
    subAttribute,
    op === "remove" ? undefined : value,
  );
  return op === "remove" && changed && isBare(changed) ? undefined : changed;
}

/** Only its label is left: an element without a value is none (entra-wire §3.5). */
const isBare = (element: JsonObject): boolean =>
  Object.keys(element).every((name) => name === "type" || name === "primary");

const becomesPrimary = ({ path, value }: PatchOperation, next: unknown): boolean =>
  isObject(next) &&
  next["primary"] === true &&
  (path.subAttribute
    ? path.subAttribute.name === "primary"
    : isObject(value) && value["primary"] === true);

/** R18–R23: what a value filter did not find is made from its `eq` terms, when they suffice to find it next time. */
function createElement(
  present: readonly unknown[],
  { path, value }: PatchOperation,
  options: PatchOptions,
): readonly unknown[] {
  const { attribute, filter, subAttribute } = path;
  const seed = filter ? seedOf(filter) : {};
  if (filter && (options.onNoTarget !== "create" || !matchesElement(filter, seed))) {
    throw nothingMatches(attribute.name, filter);
  }
  const created = subAttribute
    ? { ...seed, [subAttribute.name]: value }
    : isObject(value)
      ? { ...seed, ...value }
      : value;
  const elements = [...present, created];
  if (isObject(created) && created["primary"] === true) demoteOthers(elements, elements.length - 1);
  return elements;
}

/** The values that a conjunction of `eq` terms demands. */
function seedOf(filter: Filter): JsonObject {
  if (filter.kind === "and") return Object.assign({}, ...filter.filters.map(seedOf)) as JsonObject;
  if (filter.kind !== "compare" || filter.operator !== "eq") return {};
  return { [filter.path.attribute.name]: filter.value };
}

const nothingMatches = (name: string, filter: Filter): Error =>
  scimErrors.noTarget(`No value of ${name} matches [${printFilter(filter)}].`);
