import { execute, query, statement } from "#database";
import { sql } from "kysely";
import type { Pool } from "pg";

export type Attempts = { readonly attempts: number; readonly windowEndsAt: Date };

/**
 * Counts an attempt before it is made, so that many at once cannot slip past the limit together. The window is not
 * prolonged by further attempts. Windows that are over go with it.
 */
export const countAttempt = async (
  pool: Pool,
  key: string,
  windowEndsAt: Date,
): Promise<Attempts> => {
  const [row] = await execute(
    pool,
    statement<{ failures: number; windowEndsAt: Date }>(sql`
      insert into sign_in_failures as f (key, failures, window_ends_at)
      values (${key}, 1, ${windowEndsAt})
      on conflict (key) do update set
        failures = case when f.window_ends_at <= now() then 1 else f.failures + 1 end,
        window_ends_at = case when f.window_ends_at <= now() then excluded.window_ends_at else f.window_ends_at end
      returning failures, window_ends_at`),
  );
  if (row === undefined) throw new Error("an upsert gave no row");
  return { attempts: row.failures, windowEndsAt: row.windowEndsAt };
};

/** Takes back the count of an attempt that was no failure. */
export const uncountAttempt = async (pool: Pool, key: string): Promise<void> => {
  await execute(
    pool,
    query
      .updateTable("signInFailures")
      .set((eb) => ({ failures: eb(eb.ref("failures"), "-", 1) }))
      .where("key", "=", key)
      .where("failures", ">", 0),
  );
};

export const clearAttempts = async (pool: Pool, key: string): Promise<void> => {
  await execute(pool, query.deleteFrom("signInFailures").where("key", "=", key));
};

/** Forgets the windows that are over. */
export const deletePastAttempts = async (pool: Pool): Promise<void> => {
  await execute(
    pool,
    query.deleteFrom("signInFailures").where("windowEndsAt", "<", sql<Date>`now()`),
  );
};
