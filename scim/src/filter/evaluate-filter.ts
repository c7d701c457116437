import { isObject, isUnassigned, type JsonObject, readOwn } from "../json/object.ts";
import { readAttribute } from "../resource/read-attribute.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { AttributePath } from "../schema/find-attribute.ts";
import { comparable, compareValues } from "./compare-values.ts";
import type { CompareFilter, CompareOperator, Filter } from "./filter.ts";

/**
 * True when the resource matches (RFC 7644 §3.4.2.2). Of a multi-valued attribute any element may match;
 * `ne` is the opposite of `eq`, and so true where the attribute is missing.
 */
export function evaluateFilter(filter: Filter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((part) => evaluateFilter(part, resource));
    case "or":
      return filter.filters.some((part) => evaluateFilter(part, resource));
    case "not":
      return !evaluateFilter(filter.filter, resource);
    case "present":
      return valuesAt(filter.path, resource).some(isPresent);
    case "compare":
      return compares(filter, resource);
    default:
      return elementsAt(filter.path, resource).some((element) =>
        matchesElement(filter.filter, element),
      );
  }
}

/** True when one element of a multi-valued attribute matches the inner filter of a value path. */
export function matchesElement(filter: Filter, element: unknown): boolean {
  return evaluateFilter(filter, isObject(element) ? element : { value: element });
}

function compares({ operator, path, value }: CompareFilter, resource: JsonObject): boolean {
  const attribute = path.subAttribute ?? path.attribute;
  const values = valuesAt(path, resource);
  if (operator === "ne") return !values.some((item) => holds("eq", item, value, attribute));
  return values.some((item) => holds(operator, item, value, attribute));
}

const TEXT_TESTS = {
  co: (text: string, part: string) => text.includes(part),
  sw: (text: string, part: string) => text.startsWith(part),
  ew: (text: string, part: string) => text.endsWith(part),
} as const;

const ORDER_TESTS = {
  eq: (order: number) => order === 0,
  ne: (order: number) => order !== 0,
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
} as const;

function holds(
  operator: CompareOperator,
  actual: unknown,
  wanted: unknown,
  attribute: Attribute,
): boolean {
  if (operator === "co" || operator === "sw" || operator === "ew") {
    const asText: Attribute =
      attribute.type === "dateTime" ? { ...attribute, type: "string" } : attribute;
    const left = comparable(actual, asText);
    const right = comparable(wanted, asText);
    return (
      typeof left === "string" && typeof right === "string" && TEXT_TESTS[operator](left, right)
    );
  }
  const left = comparable(actual, attribute);
  const right = comparable(wanted, attribute);
  if (left === undefined || right === undefined || typeof left !== typeof right) return false;
  return ORDER_TESTS[operator](compareValues(left, right));
}

function elementsAt(path: AttributePath, resource: JsonObject): readonly unknown[] {
  const value = readAttribute(resource, path);
  const elements = Array.isArray(value) ? value : isUnassigned(value) ? [] : [value];
  const { filter } = path;
  return filter ? elements.filter((element) => matchesElement(filter, element)) : elements;
}

function valuesAt(path: AttributePath, resource: JsonObject): readonly unknown[] {
  const { subAttribute } = path;
  const elements = elementsAt(path, resource);
  if (!subAttribute) return elements;
  return elements.map((element) =>
    isObject(element) ? readOwn(element, subAttribute.name) : undefined,
  );
}

/** RFC 7644 table 3: present is a non-empty value; a complex value needs a non-empty part. */
function isPresent(value: unknown): boolean {
  if (isUnassigned(value) || value === "") return false;
  return isObject(value) ? Object.values(value).some(isPresent) : true;
}
