import { query } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type SqlBool } from "kysely";
import type { Facets } from "../words.ts";

export type LedgerFilter = Facets & {
  /** From this moment on. */
  readonly from?: Date | undefined;
  /** Before this moment. */
  readonly to?: Date | undefined;
  readonly subjectId?: string | undefined;
  readonly causeId?: string | undefined;
  /** Words, or how they begin. */
  readonly search?: string | undefined;
};

/** Entries that match all but the search words, newest first: in the order in which the ledger took them in, backwards. */
export const selectEntries = (tx: Transaction, filter: LedgerFilter) => {
  const { from, to, subjectId, causeId, action, noun, actorId, causeKind, tenantId } = filter;
  let select = query
    .selectFrom("ledger")
    .selectAll()
    .where("orgId", "=", tx.orgId)
    .orderBy("transactionId", "desc")
    .orderBy("id", "desc");
  if (from !== undefined) select = select.where("at", ">=", from);
  if (to !== undefined) select = select.where("at", "<", to);
  if (subjectId !== undefined) select = select.where("subjectId", "=", subjectId);
  if (causeId !== undefined) select = select.where("causeId", "=", causeId);
  if (action !== undefined) select = select.where("action", "=", action);
  if (noun !== undefined) select = select.where(sql<SqlBool>`split_part(action, '.', 1) = ${noun}`);
  if (actorId !== undefined) select = select.where("actorId", "=", actorId);
  if (causeKind !== undefined) select = select.where("causeKind", "=", causeKind);
  if (tenantId !== undefined) select = select.where("tenantId", "=", tenantId);
  return select;
};

export type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>["execute"]>>[number];
