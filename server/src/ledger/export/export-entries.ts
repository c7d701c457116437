import { Readable } from "node:stream";
import { toCsvLine } from "#http";
import type { Organisations, OrgId } from "#tenancy";
import type { EntryRow, LedgerFilter } from "../find/filter.ts";
import { findEntries } from "../find/find-entries.ts";
import type { Place } from "../seals/store.ts";

export const exportFormats = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const rowsAtOnce = 500;

/** All entries that match, newest first, a few at a time as they are read away. */
export const exportEntries = (
  organisations: Organisations,
  orgId: OrgId,
  filter: LedgerFilter,
  format: ExportFormat,
): Readable => Readable.from(lines(organisations, orgId, filter, format), { objectMode: false });

async function* lines(
  organisations: Organisations,
  orgId: OrgId,
  filter: LedgerFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === "csv") yield toCsvLine(Object.keys(columns));
  let before: Place | undefined;
  for (;;) {
    const { rows, next } = await organisations.within(orgId, (tx) =>
      findEntries(tx, filter, { before, limit: rowsAtOnce }),
    );
    const text = rows.map(format === "csv" ? toCsv : toJsonLine).join("");
    if (text !== "") yield text;
    if (next === null) return;
    before = next;
  }
}

const columns: Record<string, (row: EntryRow) => string | null> = {
  id: (row) => row.id,
  at: (row) => row.at.toISOString(),
  tenantId: (row) => row.tenantId,
  action: (row) => row.action,
  sentence: (row) => row.sentence,
  subjectKind: (row) => row.subjectKind,
  subjectId: (row) => row.subjectId,
  subjectName: (row) => row.subjectName,
  actorId: (row) => row.actorId,
  actorName: (row) => row.actorName,
  causeKind: (row) => row.causeKind,
  causeId: (row) => row.causeId,
  causeSentence: (row) => row.causeSentence,
  before: (row) => toJson(row.before),
  after: (row) => toJson(row.after),
};

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const toCsv = (row: EntryRow): string =>
  toCsvLine(Object.values(columns).map((column) => column(row)));

const toJsonLine = (row: EntryRow): string => {
  const { orgId: _orgId, transactionId: _transactionId, ...entry } = row;
  return `${JSON.stringify(entry)}\n`;
};
