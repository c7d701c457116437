import type { ResourceType } from "../schema/attribute.ts";
import { type AttributePath, findAttribute } from "../schema/find-attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";
import { isObject } from "../json/object.ts";
import { scimErrors } from "./error.ts";

/** What a client asks of a list, by query or by `/.search` (RFC 7644 §3.4.2, RFC 9865). */
export interface ListQuery {
  /** As sent; see `parseFilter`. */
  readonly filter?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
  readonly sortBy?: AttributePath;
  readonly sortOrder: "ascending" | "descending";
  /** 1 or more (RFC 7644 §3.4.2.4). */
  readonly startIndex: number;
  /** 0 or more; absent when the client leaves the size to us. */
  readonly count?: number;
  /** There when the client asks for cursor paging; empty for the first page (RFC 9865 §2). */
  readonly cursor?: string;
}

type QuerySource = Readonly<Record<string, unknown>>;

/**
 * Reads the parameters of a query, from a URL's query or from a SearchRequest (RFC 7644 §3.4.2, §3.4.3).
 * Unknown parameters are left alone. Throws invalidValue, invalidCount, invalidPath.
 */
export function parseListQuery(source: QuerySource, type: ResourceType): ListQuery {
  const query = isObject(source) ? source : {};
  const filter = readText(query, "filter");
  const attributes = readNames(query, "attributes");
  const excludedAttributes = readNames(query, "excludedAttributes");
  const cursor = readText(query, "cursor");
  const count = readCount(query, cursor !== undefined);
  const sortBy = readSortBy(query, type);
  return {
    ...(filter !== undefined && filter.trim() !== "" && { filter }),
    ...(attributes && { attributes }),
    ...(excludedAttributes && { excludedAttributes }),
    ...(sortBy && { sortBy }),
    sortOrder: readSortOrder(query),
    startIndex: Math.max(1, readInteger(query, "startIndex") ?? 1),
    ...(count !== undefined && { count }),
    ...(cursor !== undefined && { cursor }),
  };
}

function readText(query: QuerySource, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === null) return undefined;
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof text === "string") return text;
  throw scimErrors.invalidValue(`${name} must be given once, as text.`);
}

/** Names separated by commas in a URL, an array in a SearchRequest. */
function readNames(query: QuerySource, name: string): string[] | undefined {
  const value = query[name];
  if (value === undefined || value === null) return undefined;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = items.flatMap((item) => {
    if (typeof item !== "string")
      throw scimErrors.invalidValue(`${name} must list attribute names.`);
    return item.split(",").map((part) => part.trim());
  });
  const given = names.filter((part) => part !== "");
  return given.length > 0 ? given : undefined;
}

function readInteger(query: QuerySource, name: string): number | undefined {
  const value = query[name];
  if (value === undefined || value === null || value === "") return undefined;
  const number = typeof value === "number" ? value : readDigits(value);
  if (Number.isSafeInteger(number)) return number;
  throw scimErrors.invalidValue(`${name} must be an integer.`);
}

const readDigits = (value: unknown): number =>
  typeof value === "string" && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : Number.NaN;

function readCount(query: QuerySource, isCursor: boolean): number | undefined {
  if (!isCursor) {
    const count = readInteger(query, "count");
    return count === undefined ? undefined : Math.max(0, count);
  }
  const value = query["count"];
  if (value === undefined || value === null || value === "") return undefined;
  const count = typeof value === "number" ? value : readDigits(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw scimErrors.invalidCount("count must be an integer of 0 or more.");
}

function readSortBy(query: QuerySource, type: ResourceType): AttributePath | undefined {
  const name = readText(query, "sortBy");
  if (name === undefined || name === "") return undefined;
  const path = findAttribute(type, name);
  if (path === undefined || path.attribute.returned === "never")
    throw scimErrors.invalidPath(`${type.name} has no attribute ${name} to sort by.`);
  requireComparable(path, name);
  return path;
}

/** Of a complex attribute without a `value` one part must be named (RFC 7644 §3.4.2.3). */
function requireComparable({ attribute, subAttribute }: AttributePath, name: string): void {
  if (attribute.type !== "complex" || attribute.undeclared || subAttribute) return;
  if (findSubAttribute(attribute, "value")) return;
  const parts = (attribute.subAttributes ?? []).map((part) => `${name}.${part.name}`);
  throw scimErrors.invalidPath(`${name} has several parts. Sort by one of ${parts.join(", ")}.`);
}

function readSortOrder(query: QuerySource): ListQuery["sortOrder"] {
  const order = readText(query, "sortOrder")?.toLowerCase() ?? "ascending";
  if (order === "ascending" || order === "descending") return order;
  throw scimErrors.invalidValue("sortOrder must be ascending or descending.");
}
