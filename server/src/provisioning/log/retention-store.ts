import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/** For how many days entries are kept; null for ever. */
export const findKeepDays = async (tx: Transaction, otherwise: number): Promise<number | null> => {
  const row = await tx.first(
    query.selectFrom("logRetention").select("keepDays").where("orgId", "=", tx.orgId),
  );
  return row === undefined ? otherwise : row.keepDays;
};

export const saveKeepDays = (tx: Transaction, keepDays: number | null): void => {
  tx.defer(
    query
      .insertInto("logRetention")
      .values({ orgId: tx.orgId, keepDays })
      .onConflict((conflict) => conflict.column("orgId").doUpdateSet({ keepDays })),
  );
};

/** Removes up to `limit` of the oldest entries from before an id. Gives how many. */
export const deleteLogBefore = async (
  tx: Transaction,
  before: string,
  limit: number,
): Promise<number> => {
  const rows = await tx.run(
    statement<{ id: string }>(sql`
      delete from provisioning_log where org_id = ${tx.orgId} and id in (
        select id from provisioning_log where org_id = ${tx.orgId} and id < ${before} order by id limit ${limit})
      returning id`),
  );
  return rows.length;
};
