import { query } from "#database";
import type { Transaction } from "#tenancy";

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
