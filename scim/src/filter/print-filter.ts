import type { AttributePath } from "../schema/find-attribute.ts";
import type { Filter } from "./filter.ts";

/** Writes a filter as text that parses to an equal filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "and":
      return filter.filters.map((part) => printPart(part, ["and", "or"])).join(" and ");
    case "or":
      return filter.filters.map((part) => printPart(part, ["or"])).join(" or ");
    case "not":
      return `not (${printFilter(filter.filter)})`;
    case "present":
      return `${printPath(filter.path)} pr`;
    case "compare":
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    default:
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]`;
  }
}

/** Writes a path; an attribute of an extension carries its URN. */
export function printPath({
  schema,
  isExtension,
  attribute,
  filter,
  subAttribute,
}: AttributePath): string {
  const name = isExtension ? `${schema}:${attribute.name}` : attribute.name;
  const elements = filter ? `[${printFilter(filter)}]` : "";
  return `${name}${elements}${subAttribute ? `.${subAttribute.name}` : ""}`;
}

const printPart = (part: Filter, bracketed: readonly Filter["kind"][]): string =>
  bracketed.includes(part.kind) ? `(${printFilter(part)})` : printFilter(part);
