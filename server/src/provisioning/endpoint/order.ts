import { findSubAttribute, type AttributePath, type ListQuery } from "@muster/scim";
import { byId, type Order } from "#directory";
import { sql } from "kysely";
import { afterAllText, attributeKey, extensionKey } from "../resources/folded.ts";
import { foldedRow, type FilterScope } from "./filter-sql.ts";

/**
 * What a list is ordered by (RFC 7644 §3.4.2.3): an index gives the orders of `indexedOrders`; any other attribute is
 * sorted by the first 200 characters of its primary or else first value, numbers and times by what they are. Resources without the value come last when
 * ascending, first when descending; those of equal value in the order of their ids.
 */
export const orderOf = (
  { sortBy, sortOrder }: Pick<ListQuery, "sortBy" | "sortOrder">,
  scope: FilterScope,
): Order => {
  const direction = sortOrder === "descending" ? "desc" : "asc";
  if (sortBy === undefined) return byId;
  const name = nameOf(sortBy);
  // The location differs from resource to resource in its id alone.
  if (name === "id" || name === "meta.location") return { direction };
  const indexed = indexedOrders[`${scope.type.name} ${name}`];
  return { direction, key: indexed ?? keyOf(sortBy, scope) };
};

const column = (name: string, type: "text" | "timestamptz") => ({ value: sql.ref(name), type });

/** Orders that an index walks. Groups by their last change are sorted: see the migration. */
export const indexedOrders: Readonly<Record<string, NonNullable<Order["key"]>>> = {
  "User userName": column("user_name_key", "text"),
  "User displayName": column("display_name_sort", "text"),
  "User meta.created": column("created_at", "timestamptz"),
  "User meta.lastModified": column("modified_at", "timestamptz"),
  "Group displayName": column("display_name_key", "text"),
  "Group meta.created": column("created_at", "timestamptz"),
  "Group meta.lastModified": column("modified_at", "timestamptz"),
};

const nameOf = ({ isExtension, attribute, subAttribute }: AttributePath): string =>
  isExtension
    ? ""
    : subAttribute === undefined
      ? attribute.name
      : `${attribute.name}.${subAttribute.name}`;

const numbers = new Set(["integer", "decimal", "dateTime"]);

const keyOf = (path: AttributePath, scope: FilterScope): NonNullable<Order["key"]> => {
  const { type } = scope;
  const { attribute, isExtension, schema } = path;
  const keys = [...(isExtension ? [extensionKey(type, schema)] : []), attributeKey(attribute)];
  const at = `$.${keys.map((key) => JSON.stringify(key)).join(".")}`;
  const part = path.subAttribute ?? findSubAttribute(attribute, "value");
  const row = foldedRow(new Set(isExtension ? [] : [attribute.name]), scope);
  const isNumber = numbers.has((part ?? attribute).type);
  const plain = isNumber ? "number" : "object";
  const value = sql`(jsonb_path_query_first(coalesce(
      jsonb_path_query_first(${row}, ${`${at}[*] ? (@.primary == true)`}::jsonpath),
      jsonb_path_query_first(${row}, ${`${at}[0]`}::jsonpath)),
    ${`${part === undefined ? "$" : `$.${JSON.stringify(part.name)}`} ? (@.type() ${isNumber ? "==" : "!="} "${plain}")`}::jsonpath) #>> '{}')`;
  return isNumber
    ? { type: "numeric", value: sql`coalesce(${value}::numeric, 'Infinity'::numeric)` }
    : { type: "text", value: sql`left(coalesce(${value}, ${afterAllText}), 200) collate "C"` };
};
