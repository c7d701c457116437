import type { Static } from "typebox";
import { toPage, type PageQuery } from "#http";
import type { Transaction } from "#tenancy";
import { presentLedgerEntry, type LedgerPage } from "./present.ts";
import { countHistory, listHistory } from "./store.ts";

/** One page of what happened to some subjects (an account and its directory user, say), newest first. */
export const historyPage = async (
  tx: Transaction,
  subjectIds: readonly string[],
  { cursor, limit }: PageQuery,
): Promise<Static<typeof LedgerPage>> => {
  const [before] = cursor ?? [];
  const rows = await listHistory(tx, { subjectIds, before, limit: limit + 1 });
  const total = await countHistory(tx, subjectIds);
  return toPage({ rows, limit, total, keyOf: (row) => [row.id], present: presentLedgerEntry });
};
