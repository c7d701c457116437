import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/** Two accounts of one person in one tenant; the same account twice where it went over to the person's new directory user. */
export type AccountJoin = {
  readonly formerAccountId: string;
  readonly accountId: string;
  /** Null for somebody made by hand. */
  readonly formerUserId: string | null;
  readonly isLockMoved: boolean;
};

export const insertJoins = async (
  tx: Transaction,
  joinId: string,
  joins: readonly AccountJoin[],
): Promise<void> => {
  if (joins.length === 0) return;
  await tx.run(
    query
      .insertInto("accountJoins")
      .values(joins.map((join) => ({ orgId: tx.orgId, joinId, ...join }))),
  );
};

/** Ends a join. Gives what it had brought together. */
export const deleteJoins = (tx: Transaction, joinId: string) =>
  tx.run(
    query
      .deleteFrom("accountJoins")
      .where("orgId", "=", tx.orgId)
      .where("joinId", "=", joinId)
      .returning(["formerAccountId", "accountId", "formerUserId", "isLockMoved"]),
  );

/** The accounts and directory users that went on as this account, however often the person left and came back. */
export const listFormerIds = async (tx: Transaction, accountId: string): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ accountId: string; userId: string | null }>(sql`
      with recursive former (account_id, user_id) as (
        select former_account_id, former_user_id from account_joins
        where org_id = ${tx.orgId} and account_id = ${accountId}::uuid
        union
        select j.former_account_id, j.former_user_id from former
        join account_joins j on j.org_id = ${tx.orgId} and j.account_id = former.account_id
      )
      select account_id, user_id from former`),
  );
  return [
    ...new Set(
      rows.flatMap(({ accountId: id, userId }) => (userId === null ? [id] : [id, userId])),
    ),
  ];
};
