import type { AttributePath, Filter, ResourceType } from "@muster/scim";
import { foldCase, parseInstant } from "@muster/scim";
import { hasAnyMember, isInAnyGroup, type Lookup } from "#directory";
import { isId, type Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";
import { facetFor } from "../resources/facets.ts";

/**
 * A condition that an index answers and that every match of a filter meets. Of each `kind` a statement has at most one,
 * facets aside (they are one condition together), so that there are few different statements however filters are written.
 */
export type Clue = {
  readonly kind: string;
  readonly condition: Expression<SqlBool>;
  /** Few are expected to meet it, so they are found before they are put in order. */
  readonly isNarrow?: boolean;
  /** The same as a value that is looked up. */
  readonly lookup?: Lookup;
  /** The same said by facets: the resource has one of these. */
  readonly facets?: readonly string[];
  /** The same said by memberships: the resource is related to one of these. */
  readonly related?: readonly string[];
};

/** What indexes can tell of a filter. `exact`: whoever meets all the clues is a match. */
export type Clues = { readonly clues: readonly Clue[]; readonly exact: boolean };

export type Scope = {
  readonly tx: Transaction;
  readonly connectionId: string;
  readonly type: ResourceType;
};

const none: Clues = { clues: [], exact: false };
const certain = (...clues: readonly Clue[]): Clues => ({ clues, exact: true });

/** Every equality gives a clue, and so do the times of `meta`; the other operators give none. */
export const cluesOf = (filter: Filter, scope: Scope): Clues => {
  switch (filter.kind) {
    case "and":
      return cluesOfAll(filter.filters.map((part) => cluesOf(part, scope)));
    case "or":
      return cluesOfAny(
        filter.filters.map((part) => cluesOf(part, scope)),
        scope,
      );
    case "compare":
      return cluesOfComparison(filter, scope);
    case "valuePath":
      return cluesOfElement(filter, scope);
    case "not":
    case "present":
      return none;
  }
};

const cluesOfAll = (parts: readonly Clues[]): Clues => {
  const clues = parts.flatMap((part) => part.clues);
  const kept = clues.filter(
    ({ kind }, at) => kind === "facet" || clues.findIndex((other) => other.kind === kind) === at,
  );
  return { clues: kept, exact: kept.length === clues.length && parts.every(({ exact }) => exact) };
};

const cluesOfAny = (parts: readonly Clues[], scope: Scope): Clues => {
  const exact = parts.every((part) => part.exact && part.clues.length === 1);
  const facets = parts.map(({ clues }) => clues.find((clue) => clue.facets !== undefined)?.facets);
  if (facets.every((some) => some !== undefined))
    return { clues: [anyFacet(facets.flat(), parts)], exact };
  const related = parts.map(({ clues }) => clues.find((clue) => clue.related)?.related);
  if (related.every((some) => some !== undefined))
    return { clues: [relatedTo(related.flat(), scope)], exact };
  return none;
};

const cluesOfComparison = (
  { path, operator, value }: Extract<Filter, { kind: "compare" }>,
  scope: Scope,
): Clues => {
  const { attribute, subAttribute, filter } = path;
  if (!path.isExtension && attribute.name === "meta") return cluesOfTime(path, operator, value);
  if (operator !== "eq") return none;
  if (!path.isExtension && attribute.name === relationOf(scope))
    return filter === undefined && (subAttribute === undefined || subAttribute.name === "value")
      ? certain(relatedTo([String(value)], scope))
      : none;
  const column = columnClue(scope, path, value);
  if (column !== undefined) return certain(column);
  return { clues: [facetClue(scope, path, value)], exact: filter === undefined };
};

/** `emails[type eq "work" and value eq "x"]`: one element must have both. */
const cluesOfElement = (
  { path, filter }: Extract<Filter, { kind: "valuePath" }>,
  scope: Scope,
): Clues => {
  const terms = filter.kind === "and" ? filter.filters : [filter];
  const equalities = terms.flatMap((term) =>
    term.kind === "compare" && term.operator === "eq" ? [term] : [],
  );
  // Of the values of an element, its type is the one that most others have too.
  const wanted = equalities.find((term) => !isType(term)) ?? equalities[0];
  if (wanted === undefined) return none;
  const part = wanted.path.attribute;
  if (!path.isExtension && path.attribute.name === relationOf(scope))
    return part.name === "value"
      ? { clues: [relatedTo([String(wanted.value)], scope)], exact: terms.length === 1 }
      : none;
  const whole = path.attribute.type === "complex" ? { ...path, subAttribute: part } : path;
  return { clues: [facetClue(scope, whole, wanted.value)], exact: terms.length === 1 };
};

/** Whether it is about the `type` of an element. */
const isType = ({ path }: Extract<Filter, { kind: "compare" }>): boolean =>
  (path.subAttribute ?? path.attribute).name === "type";

const facetClue = ({ connectionId }: Scope, path: AttributePath, value: unknown): Clue => {
  const facets = [facetFor(connectionId, path, value)];
  const isNarrow = (path.subAttribute ?? path.attribute).type !== "boolean";
  return { isNarrow, facets, ...lookingUp("facet", facets) };
};

/** What is looked up, as SQL. */
const lookups: Readonly<Record<string, Lookup["where"]>> = {
  facet: (facets) => sql`facets @> ${facets}::bigint[]`,
  id: (id) => sql`id = ${id}::uuid`,
  "User.userName": (key) => sql`user_name_key = ${key}`,
  "User.externalId": (id) => sql`external_id = ${id}`,
  "Group.displayName": (key) => sql`display_name_key = ${key}`,
  "Group.externalId": (id) => sql`external_id = ${id}`,
};

const lookingUp = (kind: string, value: unknown): Pick<Clue, "kind" | "condition" | "lookup"> => {
  const where = lookups[kind]!;
  return { kind, condition: where(value), lookup: { kind, value, where } };
};

const anyFacet = (facets: readonly string[], parts: readonly Clues[]): Clue => ({
  kind: "any facet",
  isNarrow: parts.every(({ clues }) => clues.some(({ isNarrow }) => isNarrow)),
  facets,
  condition: sql<SqlBool>`facets && ${[...new Set(facets)]}::bigint[]`,
});

/** What has a column with an index of its own: asked for with every request. */
const columnClue = (scope: Scope, path: AttributePath, value: unknown): Clue | undefined => {
  const { isExtension, attribute, filter } = path;
  if (isExtension || filter !== undefined || typeof value !== "string") return undefined;
  const found = columnLookup(scope.type, attribute.name, value);
  return (
    found && {
      isNarrow: true,
      // Beside another attribute under `or`, facets answer both at once.
      get facets() {
        return [facetFor(scope.connectionId, path, value)];
      },
      ...found,
    }
  );
};

const columnLookup = ({ name: type }: ResourceType, name: string, value: string) => {
  if (name === "id" && isOwnId(value)) return lookingUp("id", value);
  const kind = `${type}.${name}`;
  if (name === "externalId") return lookingUp(kind, value);
  if (kind === "User.userName" || kind === "Group.displayName")
    return lookingUp(kind, foldCase(value));
  return undefined;
};

/** Ids are case-exact, and ours are in lower case. */
const isOwnId = (value: string): boolean => isId(value) && value === value.toLowerCase();

/** The attribute that is kept as memberships. */
const relationOf = ({ type }: Scope): string => (type.name === "Group" ? "members" : "groups");

const relatedTo = (values: readonly string[], { tx, type }: Scope): Clue => {
  const related = values.filter(isOwnId);
  return {
    kind: "related",
    isNarrow: true,
    related,
    condition:
      type.name === "Group"
        ? hasAnyMember(tx, sql`directory_groups.id`, related)
        : isInAnyGroup(tx, sql`directory_users.id`, related),
  };
};

const timeColumns: Record<string, string> = { created: "created_at", lastModified: "modified_at" };

/** `meta.lastModified gt "…"`: a time is compared as it is shown, in whole milliseconds. */
const cluesOfTime = (path: AttributePath, operator: string, value: unknown): Clues => {
  const column = timeColumns[path.subAttribute?.name ?? ""];
  if (column === undefined) return none;
  const instant = parseInstant(String(value));
  const from = (time: number): Clue => bound(column, ">=", time);
  const until = (time: number): Clue => bound(column, "<", time);
  switch (operator) {
    case "eq":
      return certain(from(instant), until(instant + 1));
    case "gt":
      return certain(from(instant + 1));
    case "ge":
      return certain(from(instant));
    case "lt":
      return certain(until(instant));
    case "le":
      return certain(until(instant + 1));
    default:
      return none;
  }
};

/** No row is older or younger, and the database's calendar is shorter than ours. */
const earliest = Date.UTC(1900, 0);
const latest = Date.UTC(9999, 0);

const bound = (column: string, operator: ">=" | "<", time: number): Clue => {
  const within = new Date(Math.min(Math.max(time, earliest), latest)).toISOString();
  return {
    kind: `${column} ${operator}`,
    condition: sql<SqlBool>`${sql.ref(column)} ${sql.raw(operator)} ${within}::timestamptz`,
  };
};
