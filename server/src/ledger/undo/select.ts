import { query } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type SqlBool } from "kysely";

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

/** Made by a request or by the rules: what others decided, and would decide again. */
const derivedKinds = ["scim", "rules"];

/** A transaction longer than this has given up. */
const longestTransaction = 3_600_000;

const inScope = (tx: Transaction, scope: UndoScope) => {
  let select = query.selectFrom("ledger").where("orgId", "=", tx.orgId);
  if (scope.entryId !== undefined) select = select.where("id", "=", scope.entryId);
  if (scope.causeId !== undefined) select = select.where("causeId", "=", scope.causeId);
  // An entry's id is made after its transaction began, whose moment `at` is: so the key finds a span of time too.
  if (scope.from !== undefined)
    select = select.where("at", ">=", scope.from).where("id", ">=", idAt(scope.from.getTime()));
  if (scope.to !== undefined)
    select = select
      .where("at", "<", scope.to)
      .where("id", "<", idAt(scope.to.getTime() + longestTransaction));
  if (scope.actorId !== undefined) select = select.where("actorId", "=", scope.actorId);
  if (scope.subjectId !== undefined) select = select.where("subjectId", "=", scope.subjectId);
  if (scope.tenantId !== undefined) select = select.where("tenantId", "=", scope.tenantId);
  return select;
};

/** What people did, newest first. */
export const listDeeds = (tx: Transaction, scope: UndoScope, limit: number) =>
  tx.run(
    inScope(tx, scope)
      .selectAll()
      .where("causeKind", "not in", derivedKinds)
      // Says that an undo was done; what it did has entries of its own.
      .where("action", "<>", "undo.applied")
      .orderBy("transactionId", "desc")
      .orderBy("id", "desc")
      .limit(limit),
  );

/**
 * What followed from requests and rules, counted by action, with the name of one thing each; and the cause, where they
 * have one in common. What goes back with one of some causes is not among it.
 */
export const countDerived = (tx: Transaction, scope: UndoScope, causeIds: readonly string[]) =>
  tx.run(
    inScope(tx, scope)
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
      .where(sql<SqlBool>`cause_kind in ('scim', 'rules')`)
      .where((eb) =>
        eb.or([
          eb("causeKind", "=", "scim"),
          eb("causeId", "is", null),
          sql<SqlBool>`cause_id <> all(${[...causeIds]}::uuid[])`,
        ]),
      )
      .groupBy(["action", "causeKind", "subjectKind"])
      .orderBy("action"),
  );

/** The least UUIDv7 of a moment. */
const idAt = (moment: number): string =>
  `${Math.max(0, moment).toString(16).padStart(12, "0")}0000000000000000000000`
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
