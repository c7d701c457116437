import type { Filter } from "@muster/scim";
import { foldedGroupsOf, foldedMembersOf, type Selection } from "#directory";
import { sql, type Expression, type RawBuilder, type SqlBool } from "kysely";
import { nameKey, textKey } from "../resources/folded.ts";
import { cluesOf, type Clue, type Scope } from "./filter-clues.ts";
import { filterToPath } from "./filter-path.ts";

export type FilterScope = Scope & {
  /** The endpoint's address: what resource locations start with. */
  readonly base: string;
};

/** A filter as SQL. */
export type Condition = Selection & {
  /** The same plan is right whatever the values are (`tx.keepPlans`). */
  readonly keepsPlan: boolean;
};

/** Every resource. */
export const everything: Condition = {
  where: sql<SqlBool>`true`,
  isNarrow: false,
  keepsPlan: false,
};

/**
 * A filter as SQL over the mirror: true for exactly the rows whose resources `evaluateFilter` says yes to. What an index
 * can tell comes first; where that is not all, one jsonpath judges the rows that are left. Values are parameters, the
 * jsonpath is one too, so that hostile filters make no new statements.
 */
export const filterToSql = (filter: Filter, scope: FilterScope): Condition => {
  const { clues, exact } = cluesOf(filter, scope);
  const conditions = conditionsOf(clues);
  if (!exact)
    conditions.push(
      sql<SqlBool>`${foldedRow(attributesIn(filter), scope)} @@ ${filterToPath(filter)}::jsonpath`,
    );
  if (conditions.length === 0) return everything;
  const isNarrow = clues.some((clue) => clue.isNarrow);
  return {
    where: sql<SqlBool>`(${sql.join(conditions, sql` and `)})`,
    isNarrow,
    lookup: exact && clues.length === 1 ? clues[0]?.lookup : undefined,
    // Of a list of ids unknown to it, PostgreSQL would rather read all memberships.
    keepsPlan: isNarrow && clues.every(({ related }) => related === undefined),
  };
};

/** In one order whatever the filter's; the facets as one condition. */
const conditionsOf = (clues: readonly Clue[]): Expression<SqlBool>[] => {
  const facets = clues.flatMap((clue) => (clue.kind === "facet" ? (clue.facets ?? []) : []));
  const others = clues
    .filter(({ kind }) => kind !== "facet")
    .sort((left, right) => (left.kind < right.kind ? -1 : 1))
    .map(({ condition }) => condition);
  return facets.length === 0 ? others : [...others, sql<SqlBool>`facets @> ${facets}::bigint[]`];
};

/** SQL: a row as filters and sorting compare it, with those of the given attributes that are no part of its document. */
export const foldedRow = (
  names: ReadonlySet<string>,
  { tx, type, base }: FilterScope,
): RawBuilder<unknown> => {
  const isUser = type.name === "User";
  const id = isUser ? sql`directory_users.id` : sql`directory_groups.id`;
  const added: RawBuilder<unknown>[] = [];
  if (names.has("meta")) added.push(sql`'meta', ${foldedMeta(type.name, base)}`);
  if (names.has("groups") && isUser) added.push(sql`'groups', ${foldedGroupsOf(tx, id, base)}`);
  if (names.has("members") && !isUser)
    added.push(sql`'members', ${foldedMembersOf(tx, id, { base, nameKey })}`);
  return added.length === 0 ? sql`folded` : sql`(folded || jsonb_build_object(${sql.join(added)}))`;
};

const foldedMeta = (resourceType: string, base: string): RawBuilder<unknown> =>
  sql`jsonb_build_object('resourceType', ${resourceType}::text, 'version', 'W/"' || version || '"',
    'location', ${`${base}/${resourceType}s/`}::text || id,
    ${sql.join(
      [["created", sql`created_at`] as const, ["lastModified", sql`modified_at`] as const].map(
        ([name, column]) => sql`${sql.lit(name)}, floor(extract(epoch from ${column}) * 1000),
    ${sql.lit(textKey(name))}, lower(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
      ),
    )})`;

/** The names of the resource's own attributes that a filter speaks of. */
const attributesIn = (filter: Filter): Set<string> => {
  switch (filter.kind) {
    case "and":
    case "or":
      return new Set(filter.filters.flatMap((part) => [...attributesIn(part)]));
    case "not":
      return attributesIn(filter.filter);
    case "compare":
    case "present":
    case "valuePath":
      return new Set(filter.path.isExtension ? [] : [filter.path.attribute.name]);
  }
};
