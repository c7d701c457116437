import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

type NewLink = {
  readonly hash: Buffer;
  readonly accountId: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
};

export const insertSignInLink = async (tx: Transaction, link: NewLink): Promise<void> => {
  await tx.run(query.insertInto("signInLinks").values({ orgId: tx.orgId, ...link }));
};

/** Whose link it is, while it can be used. */
export const findSignInLink = (tx: Transaction, hash: Buffer) =>
  tx.first(
    query
      .selectFrom("signInLinks")
      .select("accountId")
      .where("orgId", "=", tx.orgId)
      .where("hash", "=", hash)
      .where("usedAt", "is", null)
      .where("expiresAt", ">", tx.now),
  );

/** Uses a link up. Of two at once, one gets the account and the other nothing. */
export const takeSignInLink = (tx: Transaction, hash: Buffer) =>
  tx.first(
    query
      .updateTable("signInLinks")
      .set({ usedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("hash", "=", hash)
      .where("usedAt", "is", null)
      .where("expiresAt", ">", tx.now)
      .returning("accountId"),
  );

/** Makes every unused link of some accounts worthless, except one where it is given. */
export const deleteSignInLinks = (
  tx: Transaction,
  accountIds: readonly string[],
  except: Buffer | null = null,
): void =>
  tx.defer(
    statement(sql`
      delete from sign_in_links
      where org_id = ${tx.orgId} and account_id = any(${accountIds}::uuid[]) and used_at is null
        and (${except}::bytea is null or hash <> ${except}::bytea)`),
  );
