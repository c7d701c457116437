import { roleName } from "#access";
import { query } from "#database";
import type { Transaction } from "#tenancy";

type RoleLock = {
  readonly roleId: string;
  readonly reason: string | null;
  readonly lockedBy: string;
};

/** Writes the lock now: the decision that follows reads it. */
export const saveLock = async (
  tx: Transaction,
  accountId: string,
  lock: RoleLock,
): Promise<void> => {
  const values = { ...lock, lockedAt: tx.now };
  await tx.run(
    query
      .insertInto("roleLocks")
      .values({ orgId: tx.orgId, accountId, ...values })
      .onConflict((conflict) => conflict.columns(["orgId", "accountId"]).doUpdateSet(values)),
  );
};

export const deleteLock = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.run(
    query.deleteFrom("roleLocks").where("orgId", "=", tx.orgId).where("accountId", "=", accountId),
  );
};

export const findLock = (tx: Transaction, accountId: string) =>
  tx.first(
    query
      .selectFrom("roleLocks")
      .select((eb) => [
        "roleId",
        roleName(tx, eb.ref("roleLocks.roleId")).as("roleName"),
        "reason",
        "lockedBy",
        "lockedAt",
      ])
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );
