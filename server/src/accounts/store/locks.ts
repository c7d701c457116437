import { roleName } from "#access";
import { query } from "#database";
import type { Transaction } from "#tenancy";

type RoleLock = {
  readonly roleId: string;
  readonly reason: string | null;
  readonly lockedBy: string;
  /** When it ends by itself; null for never. */
  readonly expiresAt: Date | null;
  /** It puts the person into the tenant, also where no rule leads. Not given, it stays as it was. */
  readonly places?: boolean;
};

/** Writes the lock now: the decision that follows reads it. */
export const saveLock = async (
  tx: Transaction,
  { id: accountId, tenantId }: { readonly id: string; readonly tenantId: string },
  lock: RoleLock,
): Promise<void> => {
  const values = { ...lock, lockedAt: tx.now };
  await tx.run(
    query
      .insertInto("roleLocks")
      .values({ orgId: tx.orgId, accountId, tenantId, ...values })
      .onConflict((conflict) => conflict.columns(["orgId", "accountId"]).doUpdateSet(values)),
  );
};

export const deleteLock = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.run(
    query.deleteFrom("roleLocks").where("orgId", "=", tx.orgId).where("accountId", "=", accountId),
  );
};

/** Moves the lock of one account to another of the same tenant that has none. Gives whether there was one to move. */
export const moveLock = async (tx: Transaction, from: string, to: string): Promise<boolean> => {
  const moved = await tx.run(
    query
      .updateTable("roleLocks")
      .set({ accountId: to })
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", from)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("roleLocks as other")
              .select("other.accountId")
              .where("other.orgId", "=", tx.orgId)
              .where("other.accountId", "=", to),
          ),
        ),
      )
      .returning("accountId"),
  );
  return moved.length > 0;
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
        "expiresAt",
      ])
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );

/** People of the directory whom a lock puts into a tenant. */
export const listPlaced = async (tx: Transaction, tenantId: string): Promise<string[]> => {
  const rows = await tx.run(
    query
      .selectFrom("roleLocks as l")
      .innerJoin("accounts as a", (join) =>
        join.onRef("a.orgId", "=", "l.orgId").onRef("a.id", "=", "l.accountId"),
      )
      .select("a.userId")
      .where("l.orgId", "=", tx.orgId)
      .where("l.tenantId", "=", tenantId)
      .where("l.places", "=", true)
      .where("a.userId", "is not", null),
  );
  return rows.flatMap(({ userId }) => userId ?? []);
};

/** When the locks of some accounts end; of those that never do, nothing. */
export const findExpiries = async (
  tx: Transaction,
  accountIds: readonly string[],
): Promise<Map<string, Date>> => {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.run(
    query
      .selectFrom("roleLocks")
      .select(["accountId", "expiresAt"])
      .where("orgId", "=", tx.orgId)
      .where("accountId", "in", [...accountIds])
      .where("expiresAt", "is not", null),
  );
  return new Map(
    rows.flatMap(({ accountId, expiresAt }) =>
      expiresAt === null ? [] : [[accountId, expiresAt]],
    ),
  );
};

/** Accounts whose lock ends at some time or before, the first to end first. */
export const locksEndingBy = (tx: Transaction, at: Date) =>
  query
    .selectFrom("roleLocks")
    .select("accountId")
    .where("orgId", "=", tx.orgId)
    .where("expiresAt", "<=", at);

export const listExpiredLocks = (tx: Transaction, limit: number) =>
  tx.run(locksEndingBy(tx, tx.now).orderBy("expiresAt").orderBy("accountId").limit(limit));
