import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/** The password of an account that has one, and when somebody last signed in to it. */
export const findPassword = (tx: Transaction, accountId: string) =>
  tx.first(
    query
      .selectFrom("passwords")
      .select(["hash", "lastSignInAt"])
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );

export const savePasswordHash = async (
  tx: Transaction,
  accountId: string,
  hash: string,
): Promise<void> => {
  await tx.run(
    query
      .insertInto("passwords")
      .values({ orgId: tx.orgId, accountId, hash, changedAt: tx.now })
      .onConflict((conflict) =>
        conflict.columns(["orgId", "accountId"]).doUpdateSet({ hash, changedAt: tx.now }),
      ),
  );
};

export const touchPassword = (tx: Transaction, accountId: string): void =>
  tx.defer(
    query
      .updateTable("passwords")
      .set({ lastSignInAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );

type Move = { readonly joinId: string; readonly from: string; readonly to: string };

/** Gives one account's password to another that has none, and notes it. */
export const movePassword = async (
  tx: Transaction,
  { joinId, from, to }: Move,
): Promise<boolean> => {
  const moved = await tx.run(
    statement(sql`
      with moved as (
        update passwords set account_id = ${to}::uuid
        where org_id = ${tx.orgId} and account_id = ${from}::uuid
          and not exists (select from passwords own where own.org_id = ${tx.orgId} and own.account_id = ${to}::uuid)
        returning account_id
      )
      insert into sign_in_moves (org_id, join_id, former_account_id, account_id)
      select ${tx.orgId}::uuid, ${joinId}::uuid, ${from}::uuid, account_id from moved returning join_id`),
  );
  return moved.length > 0;
};

/** Gives back what `movePassword` moved, if it did. */
export const movePasswordBack = async (tx: Transaction, joinId: string): Promise<boolean> => {
  const moved = await tx.run(
    statement(sql`
      with moves as (
        delete from sign_in_moves where org_id = ${tx.orgId} and join_id = ${joinId}::uuid
        returning former_account_id, account_id
      )
      update passwords p set account_id = moves.former_account_id from moves
      where p.org_id = ${tx.orgId} and p.account_id = moves.account_id returning p.account_id`),
  );
  return moved.length > 0;
};
