import { prepare, query } from "#database";
import type { InOrganisation, Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";
import type { DirectoryGroupWrite } from "../types.ts";
import { rememberingLookups } from "./lookup.ts";
import { positionIn, sliced, type Selection, type Slice } from "./slice.ts";

const live = (tx: InOrganisation, connectionId: string) =>
  query
    .selectFrom("directoryGroups")
    .where("orgId", "=", tx.orgId)
    .where("connectionId", "=", connectionId)
    .where("deletedAt", "is", null);

const resourceColumns = ["id", "document", "version", "createdAt", "modifiedAt"] as const;

export const insertGroup = (tx: Transaction, group: DirectoryGroupWrite): void => {
  tx.defer(
    query
      .insertInto("directoryGroups")
      .values({ orgId: tx.orgId, createdAt: tx.now, modifiedAt: tx.now, ...row(group) }),
  );
};

export const updateGroup = (tx: Transaction, group: DirectoryGroupWrite): void => {
  tx.defer(
    query
      .updateTable("directoryGroups")
      .set((eb) => ({ ...row(group), modifiedAt: tx.now, version: eb("version", "+", 1) }))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", group.id),
  );
};

const touching = prepare((at: InOrganisation & { readonly now: Date; readonly id: string }) =>
  query
    .updateTable("directoryGroups")
    .set((eb) => ({ modifiedAt: at.now, version: eb("version", "+", 1) }))
    .where("orgId", "=", at.orgId)
    .where("id", "=", at.id),
);

/** Notes that a group has other members than before. */
export const touchGroup = (tx: Transaction, id: string): void => {
  tx.defer(touching({ orgId: tx.orgId, now: tx.now, id }));
};

/** Keeps the row, greyed out, for the mapping that names it; a group of the same name is another group. */
export const tombstoneGroup = (tx: Transaction, id: string): void => {
  tx.defer(
    query
      .updateTable("directoryGroups")
      .set({ deletedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

const row = (group: DirectoryGroupWrite) => ({
  ...group,
  document: JSON.stringify(group.document),
  facets: [...group.facets],
  folded: JSON.stringify(group.folded),
});

export const findGroup = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(live(tx, connectionId).select(resourceColumns).where("id", "=", id));

const locking = prepare(
  (at: InOrganisation & { readonly connectionId: string; readonly id: string }) =>
    live(at, at.connectionId)
      .select([...resourceColumns, "displayName"])
      .where("id", "=", at.id)
      .forNoKeyUpdate(),
);

/** The group, held until the transaction ends: PATCHes of one group follow each other. */
export const lockGroup = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(locking({ orgId: tx.orgId, connectionId, id }));

/** The statement that gives part of the groups that meet a condition, each with where it stands in the order. */
export const selectGroups = rememberingLookups(
  (tx: InOrganisation, connectionId: string, selection: Selection, slice: Slice) =>
    matching(tx, connectionId, selection)
      .select(resourceColumns)
      .select(positionIn(slice).as("position"))
      .$call(sliced(slice)),
);

/**
 * Where few match they are found first and put in order then. Left to itself, PostgreSQL would rather walk all in their
 * order until it has met enough, wherever it does not know yet how few they are.
 */
const matching = (tx: InOrganisation, connectionId: string, { where, isNarrow }: Selection) => {
  const found = live(tx, connectionId).where(where);
  if (!isNarrow) return found;
  const fenced = query.selectFrom(found.selectAll().offset(sql.lit(0)).as("directoryGroups"));
  return fenced as unknown as typeof found;
};

export const countGroups = async (
  tx: Transaction,
  connectionId: string,
  condition?: Expression<SqlBool>,
): Promise<number> => {
  let select = live(tx, connectionId).select((eb) => eb.fn.countAll<string>().as("total"));
  if (condition !== undefined) select = select.where(condition);
  return Number((await tx.first(select))?.total ?? 0);
};

/** Which of these ids are live groups of the connection. */
export const existingGroupIds = (tx: Transaction, connectionId: string, ids: readonly string[]) =>
  tx.run(
    live(tx, connectionId)
      .select("id")
      .where((eb) => eb("id", "=", eb.fn.any(eb.val([...ids])))),
  );

/** Every group a connection pushed, deleted ones too, by name. */
export const listGroupNames = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("directoryGroups")
      .select(["id", "displayName", "externalId", "deletedAt"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("displayNameKey")
      .orderBy("id"),
  );

export const findGroupNames = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    query
      .selectFrom("directoryGroups")
      .select(["id", "displayName"])
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("id", "=", eb.fn.any(eb.val([...ids])))),
  );
  return new Map(rows.map((group) => [group.id, group.displayName]));
};

export type GroupRow = NonNullable<Awaited<ReturnType<typeof findGroup>>>;
export type LockedGroup = NonNullable<Awaited<ReturnType<typeof lockGroup>>>;
