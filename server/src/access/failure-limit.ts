import type { Pool } from "pg";
import { countAttempt, deletePastAttempts } from "./store/sign-in-failures.ts";

/** So many may fail in a quarter of an hour; counted in the database, so that all nodes count together. */
export type FailureLimit = { readonly key: string; readonly most: number };

const windowLength = 15 * 60_000;

/** Counts one more against a limit. Gives the seconds to wait, where it is past it. */
export const countAgainst = async (
  pool: Pool,
  { key, most }: FailureLimit,
): Promise<number | undefined> => {
  const now = Date.now();
  const { attempts, windowEndsAt } = await countAttempt(pool, key, new Date(now + windowLength));
  if (attempts === 1) await deletePastAttempts(pool);
  return attempts <= most ? undefined : Math.max(1, (windowEndsAt.getTime() - now) / 1000);
};

/** "1 minute", "15 minutes": how long seconds are, rounded up. */
export const minutesOf = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
};
