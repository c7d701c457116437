import { comparable, compareValues } from "../filter/compare-values.ts";
import { isObject, readOwn } from "../json/object.ts";
import type { AttributePath } from "../schema/find-attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";
import { readAttribute } from "./read-attribute.ts";
import type { Resource } from "./resource.ts";

/**
 * Makes the comparison that sorts resources (RFC 7644 §3.4.2.3): of a multi-valued attribute the primary or else first
 * value counts; resources without the value come last when ascending, first when descending.
 */
export function compareResources(
  sortBy: AttributePath,
  sortOrder: "ascending" | "descending" = "ascending",
): (left: Resource, right: Resource) => number {
  const direction = sortOrder === "ascending" ? 1 : -1;
  return (left, right) => {
    const [leftKey, rightKey] = [sortKey(left, sortBy), sortKey(right, sortBy)];
    if (leftKey === undefined || rightKey === undefined) {
      return direction * (Number(leftKey === undefined) - Number(rightKey === undefined));
    }
    return direction * compareValues(leftKey, rightKey);
  };
}

function sortKey(resource: Resource, path: AttributePath): string | number | boolean | undefined {
  const value = readAttribute(resource, path);
  const element: unknown = Array.isArray(value)
    ? (value.find((item) => isObject(item) && item["primary"] === true) ?? value[0])
    : value;
  if (!isObject(element)) return comparable(element, path.attribute);
  const sub = path.subAttribute ?? findSubAttribute(path.attribute, "value");
  return sub && comparable(readOwn(element, sub.name), sub);
}
