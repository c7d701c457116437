import type { Transaction } from "#tenancy";
import type { EntryRow } from "./filter.ts";
import { findEntries } from "./find-entries.ts";

/** The newest changes, in one tenant or in all; found as the ledger's page finds them, so a quiet tenant costs no walk. */
export const listRecent = async (
  tx: Transaction,
  limit: number,
  tenantId?: string,
): Promise<EntryRow[]> => (await findEntries(tx, { tenantId }, { before: undefined, limit })).rows;
