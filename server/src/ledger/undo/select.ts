import { query } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type SqlBool } from "kysely";
import { selectEntries, type EntryRow } from "../find/filter.ts";

/** What is to be undone: one entry, what one cause did, or a span of time with what narrows it. */
export type UndoScope = {
  readonly entryId?: string | undefined;
  readonly causeId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly actorId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly tenantId?: string | undefined;
};

/** What people did, newest first, from the index that has nothing else. */
export const listDeeds = (
  tx: Transaction,
  { entryId, ...filter }: UndoScope,
  limit: number,
): Promise<EntryRow[]> => {
  const select = selectEntries(tx, filter)
    .where(sql<SqlBool>`cause_kind in ('administrator', 'undo', 'system')`)
    // Says that an undo was done; what it did has entries of its own.
    .where("action", "<>", "undo.applied")
    .limit(limit);
  return tx.run(entryId === undefined ? select : select.where("id", "=", entryId));
};

/** So many entries are looked at to tell what else is in a scope; of more it is said that there are at least these. */
const mostDerived = 20_000;

/**
 * What followed from requests and rules, counted by action, with the name of one thing each; and the cause, where they
 * have one in common. What goes back with one of some causes is not among it.
 */
export const countDerived = async (
  tx: Transaction,
  { entryId, ...filter }: UndoScope,
  causeIds: readonly string[],
) => {
  // What one cause did is of one kind, and goes back with it.
  if (filter.causeId !== undefined && causeIds.includes(filter.causeId)) return [];
  let looked = selectEntries(tx, filter)
    .where(sql<SqlBool>`cause_kind in ('scim', 'rules')`)
    .where((eb) =>
      eb.or([
        eb("causeKind", "=", "scim"),
        eb("causeId", "is", null),
        sql<SqlBool>`cause_id <> all(${[...causeIds]}::uuid[])`,
      ]),
    )
    .limit(mostDerived);
  if (entryId !== undefined) looked = looked.where("id", "=", entryId);
  // An entry's id is made after its transaction began, whose moment `at` is: so the key finds a span of time too.
  if (filter.from !== undefined) looked = looked.where("id", ">=", idAt(filter.from.getTime()));
  if (filter.to !== undefined)
    looked = looked.where("id", "<", idAt(filter.to.getTime() + longestTransaction));
  const groups = await tx.run(
    query
      .selectFrom(looked.clearOrderBy().as("looked"))
      .select((eb) => [
        "action",
        "causeKind",
        "subjectKind",
        eb.fn.countAll<string>().as("entries"),
        eb.fn.min("subjectName").as("subjectName"),
        sql<
          string | null
        >`case when min(cause_id::text) = max(cause_id::text) then min(cause_id::text) end`.as(
          "causeId",
        ),
      ])
      .groupBy(["action", "causeKind", "subjectKind"])
      .orderBy("action"),
  );
  const total = groups.reduce((sum, { entries }) => sum + Number(entries), 0);
  return groups.map((group) => ({ ...group, isAtLeast: total >= mostDerived }));
};

/** A transaction longer than this has given up. */
const longestTransaction = 3_600_000;

/** The least UUIDv7 of a moment. */
const idAt = (moment: number): string =>
  `${Math.max(0, moment).toString(16).padStart(12, "0")}0000000000000000000000`
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
