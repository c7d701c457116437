import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

type NewSession = {
  readonly hash: Buffer;
  readonly accountId: string;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
};

export const insertSession = async (tx: Transaction, session: NewSession): Promise<void> => {
  await tx.run(
    query
      .insertInto("sessions")
      .values({ orgId: tx.orgId, createdAt: tx.now, lastSeenAt: tx.now, ...session }),
  );
};

/** A session that has not ended: neither its last day nor its idle time is over. */
export const findSession = (tx: Transaction, hash: Buffer, seenSince: Date) =>
  tx.first(
    query
      .selectFrom("sessions")
      .select(["accountId", "lastSeenAt"])
      .where("orgId", "=", tx.orgId)
      .where("hash", "=", hash)
      .where("expiresAt", ">", tx.now)
      .where("lastSeenAt", ">", seenSince),
  );

export const touchSession = (tx: Transaction, hash: Buffer): void =>
  tx.defer(
    query
      .updateTable("sessions")
      .set({ lastSeenAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("hash", "=", hash),
  );

export const deleteSession = (tx: Transaction, hash: Buffer): void =>
  tx.defer(query.deleteFrom("sessions").where("orgId", "=", tx.orgId).where("hash", "=", hash));

/** Ends every session of some accounts, except one where it is given. */
export const deleteSessions = (
  tx: Transaction,
  accountIds: readonly string[],
  except: Buffer | null = null,
): void =>
  tx.defer(
    statement(sql`
      delete from sessions
      where org_id = ${tx.orgId} and account_id = any(${accountIds}::uuid[])
        and (${except}::bytea is null or hash <> ${except}::bytea)`),
  );

/** Forgets an account's sessions that ended by themselves. */
export const deleteExpiredSessions = (tx: Transaction, accountId: string, seenSince: Date): void =>
  tx.defer(
    query
      .deleteFrom("sessions")
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId)
      .where((eb) => eb.or([eb("expiresAt", "<=", tx.now), eb("lastSeenAt", "<=", seenSince)])),
  );

/** Whoever is signed in as one account goes on as another. */
export const moveSessions = async (tx: Transaction, from: string, to: string): Promise<void> => {
  await tx.run(
    query
      .updateTable("sessions")
      .set({ accountId: to })
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", from),
  );
};
