import type { AttributePath, Filter, ResourceType } from "@muster/scim";
import { foldCase } from "@muster/scim";
import { hasMember } from "#directory";
import { isId, type Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";
import { facetFor } from "../resources/facets.ts";

/**
 * A filter as SQL over the mirror. `exact` says that the rows it gives are the answer; otherwise they are candidates,
 * a superset to be sifted by `evaluateFilter`.
 */
export type FilterSql = { readonly condition: Expression<SqlBool>; readonly exact: boolean };

type Scope = {
  readonly tx: Transaction;
  readonly connectionId: string;
  readonly type: ResourceType;
};

/** Every resource: no filter at all, or one that SQL cannot narrow down. */
export const everything: FilterSql = { condition: sql<SqlBool>`true`, exact: false };
const nothing: FilterSql = { condition: sql<SqlBool>`false`, exact: true };

/** Every equality is answered from an index; what is not an equality is left to sifting. */
export const filterToSql = (filter: Filter, scope: Scope): FilterSql => {
  switch (filter.kind) {
    case "and": {
      const parts = filter.filters.map((part) => filterToSql(part, scope));
      return {
        condition: joined(parts, sql` and `),
        exact: parts.every(({ exact }) => exact),
      };
    }
    case "or": {
      const parts = filter.filters.map((part) => filterToSql(part, scope));
      return { condition: joined(parts, sql` or `), exact: parts.every(({ exact }) => exact) };
    }
    case "compare":
      return filter.operator === "eq" && filter.value !== null
        ? equality(filter.path, filter.value, scope)
        : everything;
    case "valuePath":
      return elementEquality(filter, scope) ?? everything;
    case "not":
    case "present":
      return everything;
  }
};

const joined = (parts: readonly FilterSql[], separator: Expression<unknown>): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.join(
    parts.map(({ condition }) => condition),
    separator as never,
  )})`;

const equality = (
  path: AttributePath,
  value: string | number | boolean,
  scope: Scope,
): FilterSql => {
  if (!path.isExtension && path.subAttribute === undefined)
    switch (path.attribute.name) {
      case "id":
        return typeof value === "string" && isId(value)
          ? exactly(sql<SqlBool>`id = ${value}::uuid`)
          : nothing;
      case "externalId":
        return exactly(sql<SqlBool>`external_id = ${String(value)}`);
      case "userName":
        return exactly(sql<SqlBool>`user_name_key = ${foldCase(String(value))}`);
    }
  if (scope.type.name === "Group") {
    if (path.attribute.name === "displayName")
      return exactly(sql<SqlBool>`display_name_key = ${foldCase(String(value))}`);
    if (path.attribute.name === "members") return memberEquality(path, value, scope);
  }
  if (["meta", "groups"].includes(path.attribute.name) && !path.isExtension) return everything;
  const typed = path.filter === undefined ? undefined : typeOf(path.filter);
  const condition = hasFacet(facetFor(scope.connectionId, path, value, typed));
  return { condition, exact: path.filter === undefined || typed !== undefined };
};

/** `members eq "x"` and `members.value eq "x"`. */
const memberEquality = (path: AttributePath, value: unknown, { tx }: Scope): FilterSql => {
  if (
    path.filter !== undefined ||
    (path.subAttribute !== undefined && path.subAttribute.name !== "value")
  )
    return everything;
  return typeof value === "string" && isId(value)
    ? exactly(hasMember(tx, sql`directory_groups.id`, value))
    : nothing;
};

/** `emails[type eq "work" and value eq "x"]`: one element must have both. */
const elementEquality = (
  filter: Extract<Filter, { kind: "valuePath" }>,
  scope: Scope,
): FilterSql | undefined => {
  const terms = filter.filter.kind === "and" ? filter.filter.filters : [filter.filter];
  const equalities = terms.flatMap((term) =>
    term.kind === "compare" && term.operator === "eq" && term.value !== null ? [term] : [],
  );
  const typed = equalities.map(typeOf).find((type) => type !== undefined);
  const others = equalities.filter((term) => typeOf(term) === undefined);
  const [only] = others;
  if (only === undefined || equalities.length === 0 || scope.type.name === "Group")
    return undefined;
  return {
    condition: hasFacet(facetFor(scope.connectionId, only.path, only.value, typed)),
    exact: others.length === 1 && equalities.length === terms.length,
  };
};

/** The type that a `type eq "…"` term asks for. */
const typeOf = (filter: Filter): string | undefined =>
  filter.kind === "compare" &&
  filter.operator === "eq" &&
  typeof filter.value === "string" &&
  (filter.path.subAttribute ?? filter.path.attribute).name === "type"
    ? filter.value
    : undefined;

const hasFacet = (facet: string): Expression<SqlBool> =>
  sql<SqlBool>`facets @> array[${facet}::bigint]`;

const exactly = (condition: Expression<SqlBool>): FilterSql => ({ condition, exact: true });
