import type { Static } from "typebox";
import { toPage, type PageQuery } from "#http";
import type { Transaction } from "#tenancy";
import { presentCustody } from "./present.ts";
import type { CustodyPage } from "./schemas.ts";
import { countCustodies, selectCustodies, type CustodyFilter } from "./store/custodies.ts";

/** One page of the custodies of an asset or of a holder, newest first. */
export const custodyPage = async (
  tx: Transaction,
  filter: CustodyFilter,
  { cursor, limit }: PageQuery,
): Promise<Static<typeof CustodyPage>> => {
  const rows = await tx.run(selectCustodies(tx, filter, { before: cursor?.[0], limit: limit + 1 }));
  const total = await countCustodies(tx, filter);
  return toPage({ rows, limit, total, keyOf: (row) => [row.id], present: presentCustody });
};
