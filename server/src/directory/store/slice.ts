import type { Lookup } from "./lookup.ts";
import {
  sql,
  type Expression,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
} from "kysely";

/** What a list is ordered by: a key and then the id, or the id alone. */
export type Order = {
  readonly key?: {
    readonly value: Expression<unknown>;
    readonly type: "text" | "timestamptz" | "numeric";
  };
  readonly direction: "asc" | "desc";
};

/** The order of the ids, which is the order in which things came. */
export const byId: Order = { direction: "asc" };

/** Where a row stands in the order of a list. */
export type Position = { readonly key: string; readonly id: string };

/** Part of a list: by position from the start, or what follows a row (which may be gone by now). */
export type Slice = {
  readonly order: Order;
  readonly after?: Position | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** Which rows: those that meet `where`, of which few are expected when it is narrow. */
export type Selection = {
  readonly where: Expression<SqlBool>;
  readonly isNarrow: boolean;
  /** The same as a lookup, where it is one. */
  readonly lookup?: Lookup | undefined;
};

/** SQL: the sort key of a row as text, exact enough to go on from it. */
export const positionIn = ({ order }: Slice): RawBuilder<string> =>
  order.key === undefined ? sql<string>`''` : sql<string>`${order.key.value}::text`;

/** Orders a selection and cuts the part out. */
export const sliced =
  ({ order, after, offset, limit }: Slice) =>
  <DB, TB extends keyof DB, Row>(
    selection: SelectQueryBuilder<DB, TB, Row>,
  ): SelectQueryBuilder<DB, TB, Row> => {
    const { key, direction } = order;
    let part = selection;
    if (after !== undefined) part = part.where(follows(order, after));
    if (key !== undefined) part = part.orderBy(key.value, direction);
    return part
      .orderBy(sql`id`, direction)
      .offset(offset)
      .limit(limit);
  };

const follows = ({ key, direction }: Order, after: Position) => {
  const beyond = sql.raw(direction === "asc" ? ">" : "<");
  return key === undefined
    ? sql<boolean>`id ${beyond} ${after.id}::uuid`
    : sql<boolean>`(${key.value}, id) ${beyond} (${after.key}::${sql.raw(key.type)}, ${after.id}::uuid)`;
};
