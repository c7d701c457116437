import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

export const findDevice = (tx: Transaction, hash: Buffer) =>
  tx.first(
    query
      .selectFrom("knownDevices")
      .select("accountId")
      .where("orgId", "=", tx.orgId)
      .where("hash", "=", hash)
      .where("expiresAt", ">", tx.now),
  );

type NewDevice = { readonly hash: Buffer; readonly accountId: string; readonly expiresAt: Date };

export const insertDevice = async (tx: Transaction, device: NewDevice): Promise<void> => {
  await tx.run(
    query.insertInto("knownDevices").values({ orgId: tx.orgId, signedInAt: tx.now, ...device }),
  );
};

/** Forgets an account's devices but the last few that are still good. */
export const pruneDevices = async (
  tx: Transaction,
  accountId: string,
  kept: number,
): Promise<void> => {
  await tx.run(
    statement(sql`
      delete from known_devices where org_id = ${tx.orgId} and account_id = ${accountId}
        and (expires_at <= ${tx.now} or hash not in (
          select hash from known_devices where org_id = ${tx.orgId} and account_id = ${accountId}
          order by signed_in_at desc limit ${kept}))`),
  );
};

export const deleteDevice = async (tx: Transaction, hash: Buffer): Promise<void> => {
  await tx.run(
    query.deleteFrom("knownDevices").where("orgId", "=", tx.orgId).where("hash", "=", hash),
  );
};

export const deleteDevices = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.run(
    query
      .deleteFrom("knownDevices")
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );
};
