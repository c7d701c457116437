import { execute, query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import type { Pool } from "pg";

/** Makes this the only link that can be used. */
export const replaceSetupLink = async (pool: Pool, hash: Buffer): Promise<void> => {
  await execute(
    pool,
    statement(sql`
      with gone as (delete from setup_links where used_at is null)
      insert into setup_links (hash) values (${hash})`),
  );
};

const usable = (hash: Buffer) =>
  query
    .selectFrom("setupLinks")
    .select("hash")
    .where("hash", "=", hash)
    .where("usedAt", "is", null);

export const isSetupLink = async (pool: Pool, hash: Buffer): Promise<boolean> =>
  (await execute(pool, usable(hash))).length > 0;

/** Uses the link up; false when it is not one, or no longer. */
export const takeSetupLink = async (tx: Transaction, hash: Buffer): Promise<boolean> => {
  const row = await tx.first(
    query
      .updateTable("setupLinks")
      .set({ usedAt: tx.now })
      .where("hash", "=", hash)
      .where("usedAt", "is", null)
      .returning("hash"),
  );
  return row !== undefined;
};

/** Lets one transaction at a time make an organisation or an administrator without a session, on all nodes. */
export const holdSetup = async (tx: Transaction): Promise<void> => {
  await tx.run(
    statement(sql`select pg_advisory_xact_lock(hashtextextended('muster set-up', 0))::text`),
  );
};
