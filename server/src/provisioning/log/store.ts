import { prepare, query, statement, type DB } from "#database";
import { causesTouching } from "#ledger";
import type { Transaction } from "#tenancy";
import { sql, type ExpressionBuilder, type Expression, type SqlBool } from "kysely";

export const outcomes = [
  "created",
  "changed",
  "unchanged",
  "deleted",
  "read",
  "refused",
  "failed",
] as const;
export type Outcome = (typeof outcomes)[number];

/** One SCIM request and its answer. */
export type LogEntry = {
  readonly id: string;
  readonly connectionId: string;
  readonly at: Date;
  readonly method: string;
  /** With the query, below the connection's endpoint. */
  readonly path: string;
  readonly status: number;
  readonly outcome: Outcome;
  readonly resourceType: "User" | "Group" | null;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
  readonly summary: string;
  readonly ignored: readonly string[];
  readonly durationMs: number;
  readonly request: string | null;
  readonly response: string | null;
};

type Row = LogEntry & { readonly orgId: string };

/** What a write leaves. */
const insertingOne = prepare((at: Row) =>
  query.insertInto("provisioningLog").values({
    orgId: at.orgId,
    id: at.id,
    connectionId: at.connectionId,
    at: at.at,
    method: at.method,
    path: at.path,
    status: at.status,
    outcome: at.outcome,
    resourceType: at.resourceType,
    resourceId: at.resourceId,
    resourceName: at.resourceName,
    summary: at.summary,
    ignored: at.ignored as string[],
    durationMs: at.durationMs,
    request: at.request,
    response: at.response,
  }),
);

/** The rows are one parameter: batches of every size are one statement, which is planned and kept once. */
const insertingSome = prepare((at: { readonly orgId: string; readonly rows: string }) =>
  statement(sql`
    insert into provisioning_log (org_id, id, connection_id, at, method, path, status, outcome, resource_type,
      resource_id, resource_name, summary, ignored, duration_ms, request, response)
    select ${at.orgId}::uuid, entry.*
    from jsonb_to_recordset(${at.rows}::jsonb) as entry (id uuid, "connectionId" uuid, at timestamptz,
      method text, path text, status int, outcome text, "resourceType" text, "resourceId" uuid, "resourceName" text,
      summary text, ignored text[], "durationMs" real, request text, response text)`),
);

/** Writes entries at the end of the transaction: a write's own entry is durable exactly if its change is. */
export const insertLogEntries = (tx: Transaction, entries: readonly LogEntry[]): void => {
  const { orgId } = tx;
  const rows = entries.map((entry) => ({
    ...entry,
    resourceName: entry.resourceName?.toWellFormed() ?? null,
    // Cut at a length, it may end in half a character.
    summary: entry.summary.toWellFormed(),
  }));
  const [first] = rows;
  if (first === undefined) return;
  tx.defer(
    rows.length === 1
      ? insertingOne({ orgId, ...first })
      : insertingSome({ orgId, rows: JSON.stringify(rows) }),
  );
};

export type LogFilter = {
  readonly connectionId?: string;
  /** The person, by all ids they go by (directory user, Sub Accounts). */
  readonly personIds?: readonly string[];
  readonly groupId?: string;
  readonly outcome?: Outcome;
  readonly search?: string;
};

const listColumns = [
  "id",
  "at",
  "connectionId",
  "method",
  "path",
  "status",
  "outcome",
  "resourceType",
  "resourceId",
  "resourceName",
  "summary",
  "ignored",
  "durationMs",
] as const;

/** Newest first, from before the id `before` on. */
export const listLog = (
  tx: Transaction,
  filter: LogFilter,
  { before, limit }: { before?: string; limit: number },
) => {
  let select = query
    .selectFrom("provisioningLog")
    .select(listColumns)
    .where((eb) => matches(tx, filter, eb))
    .orderBy("id", "desc")
    .limit(limit);
  if (before !== undefined) select = select.where("id", "<", before);
  return tx.run(select);
};

/** The same, with the bodies. */
export const listWholeLog = (
  tx: Transaction,
  filter: LogFilter,
  { before, limit }: { before?: string; limit: number },
) => {
  let select = query
    .selectFrom("provisioningLog")
    .select([...listColumns, "request", "response"])
    .where((eb) => matches(tx, filter, eb))
    .orderBy("id", "desc")
    .limit(limit);
  if (before !== undefined) select = select.where("id", "<", before);
  return tx.run(select);
};

export const countLog = async (tx: Transaction, filter: LogFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("provisioningLog")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

export const findLogEntry = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("provisioningLog")
      .select([...listColumns, "request", "response"])
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );

const mostRequests = 10_000;

/** How many requests came since an id was made; counted up to 10,000. */
export const countRequestsSince = async (
  tx: Transaction,
  connectionId: string,
  firstId: string,
): Promise<number> => {
  const row = await tx.first(
    statement<{ total: number }>(sql`
      select count(*)::int as total from (
        select from provisioning_log
        where org_id = ${tx.orgId} and connection_id = ${connectionId} and id >= ${firstId}
        limit ${mostRequests}) since`),
  );
  return row?.total ?? 0;
};

const mostRefused = 1000;

/** Requests refused since an id was made, counted up to 1,000, and the latest of them. */
export const countRefusedSince = async (
  tx: Transaction,
  connectionId: string,
  firstId: string,
): Promise<{ count: number; lastId: string | null }> => {
  const row = await tx.first(
    statement<{ count: number; lastId: string | null }>(sql`
      select count(*)::int as count, (array_agg(id order by id desc))[1] as last_id from (
        select id from provisioning_log
        where org_id = ${tx.orgId} and outcome = 'refused' and id >= ${firstId} and connection_id = ${connectionId}
        order by id desc limit ${mostRefused}) refused`),
  );
  return row ?? { count: 0, lastId: null };
};

const matches = (
  tx: Transaction,
  filter: LogFilter,
  eb: ExpressionBuilder<DB, "provisioningLog">,
) => {
  const conditions: Expression<SqlBool>[] = [eb("orgId", "=", tx.orgId)];
  if (filter.connectionId !== undefined)
    conditions.push(eb("connectionId", "=", filter.connectionId));
  if (filter.outcome !== undefined) conditions.push(eb("outcome", "=", filter.outcome));
  for (const ids of [filter.personIds, filter.groupId === undefined ? undefined : [filter.groupId]])
    if (ids !== undefined)
      conditions.push(
        eb.or([
          eb("resourceId", "in", [...ids]),
          ...ids.map((id) => eb("id", "in", causesTouching(tx, id) as never)),
        ]),
      );
  if (filter.search !== undefined && filter.search !== "") {
    const pattern = `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(
      sql<SqlBool>`(summary ilike ${pattern} or path ilike ${pattern} or resource_name ilike ${pattern})`,
    );
  }
  return eb.and(conditions);
};

export type LogRow = Awaited<ReturnType<typeof listLog>>[number];
export type WholeLogRow = Awaited<ReturnType<typeof listWholeLog>>[number];
