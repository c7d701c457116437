import type { Static } from "typebox";
import type { Custody } from "#assets";
import type { CustodyRow } from "./store/custodies.ts";

export const presentCustody = (row: CustodyRow): Static<typeof Custody> => ({
  id: row.id,
  asset: row.asset,
  account: { id: row.account.id, name: row.account.name },
  checkedOutAt: row.checkedOutAt.toISOString(),
  checkedOutBy: row.checkedOutBy,
  dueOn: row.dueOn,
  note: row.note,
  endedAt: row.endedAt?.toISOString() ?? null,
  endedBy: row.endedBy,
  endNote: row.endNote,
  outcome: row.outcome,
});
