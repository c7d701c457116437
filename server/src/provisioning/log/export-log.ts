import { Readable } from "node:stream";
import { toCsvLine } from "#http";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { listConnections } from "../connections/store.ts";
import { listWholeLog, type LogFilter, type WholeLogRow } from "./store.ts";

export type ExportFormat = "csv" | "ndjson";

type Exported = {
  readonly orgId: OrgId;
  readonly format: ExportFormat;
  /** Asked in a transaction: whom a filter means may have to be looked up. */
  readonly filterIn: (tx: Transaction) => Promise<LogFilter>;
};

/** A body has 64 KiB at most, and an entry two of them. */
const rowsAtOnce = 50;

/**
 * All entries that match, newest first, a few at a time as they are read away; what comes meanwhile is not among them.
 * JSON lines have the bodies too.
 */
export const exportLog = (organisations: Organisations, exported: Exported): Readable =>
  Readable.from(lines(organisations, exported), { objectMode: false });

async function* lines(
  organisations: Organisations,
  { orgId, format, filterIn }: Exported,
): AsyncGenerator<string> {
  const { filter, names } = await organisations.within(orgId, async (tx) => ({
    filter: await filterIn(tx),
    names: new Map((await listConnections(tx)).map(({ id, name }) => [id, name])),
  }));
  if (format === "csv") yield toCsvLine(Object.keys(columns));
  let before: string | undefined;
  for (;;) {
    const rows = await organisations.within(orgId, (tx) =>
      listWholeLog(tx, filter, { ...(before !== undefined && { before }), limit: rowsAtOnce }),
    );
    const text = rows
      .map((row) => ({ ...row, connectionName: names.get(row.connectionId) ?? "" }))
      .map(format === "csv" ? toCsv : toJsonLine)
      .join("");
    if (text !== "") yield text;
    before = rows.at(-1)?.id;
    if (rows.length < rowsAtOnce) return;
  }
}

type Row = WholeLogRow & { readonly connectionName: string };

const columns: Record<string, (row: Row) => string | null> = {
  id: (row) => row.id,
  at: (row) => row.at.toISOString(),
  connection: (row) => row.connectionName,
  method: (row) => row.method,
  path: (row) => row.path,
  status: (row) => String(row.status),
  outcome: (row) => row.outcome,
  resourceType: (row) => row.resourceType,
  resourceId: (row) => row.resourceId,
  resourceName: (row) => row.resourceName,
  summary: (row) => row.summary,
  ignored: (row) => row.ignored.join(", "),
  durationMs: (row) => row.durationMs.toFixed(1),
};

const toCsv = (row: Row): string => toCsvLine(Object.values(columns).map((column) => column(row)));

const toJsonLine = (row: Row): string => `${JSON.stringify(row)}\n`;
