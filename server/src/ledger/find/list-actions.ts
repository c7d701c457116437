import { statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/** Every action the ledger has an entry of: of sealed entries as their seals say, of the few others from themselves. */
export const listActions = async (tx: Transaction): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ action: string }>(sql`
      select unnest(actions) as action from ledger_seals where org_id = ${tx.orgId}
      union
      select action from ledger where org_id = ${tx.orgId} and transaction_id >= (
        select coalesce(max(last_transaction), 0) from ledger_seals where org_id = ${tx.orgId})
      order by action`),
  );
  return rows.map(({ action }) => action);
};
