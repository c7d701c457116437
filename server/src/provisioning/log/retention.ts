import { defineJob } from "#jobs";
import type { Organisations, OrgId } from "#tenancy";
import { v7 } from "uuid";
import { deleteLogBefore, findKeepDays } from "./retention-store.ts";

/** So long entries are kept unless an administrator says otherwise. */
export const defaultKeepDays = 180;

/** Removes what is older than it is to be kept. */
export const pruneLogsJob = defineJob<Record<string, never>>("prune-provisioning-logs");

const day = 86_400_000;
const rowsAtOnce = 500;
/** An organisation's turn lasts so many steps; what is left waits for the next minute. */
const mostSteps = 40;

/** Removes an organisation's oldest log entries, in transactions of a few rows each. Gives how many. */
export const pruneLog = async (
  organisations: Organisations,
  orgId: OrgId,
  now = Date.now(),
): Promise<number> => {
  let removed = 0;
  for (let step = 0; step < mostSteps; step += 1) {
    const count = await organisations.within(orgId, async (tx) => {
      const keepDays = await findKeepDays(tx, defaultKeepDays);
      if (keepDays === null) return 0;
      // Ids begin with the time they were made at, and are the order of the log.
      const before = v7({ msecs: now - keepDays * day, seq: 0 });
      return deleteLogBefore(tx, before, rowsAtOnce);
    });
    removed += count;
    if (count < rowsAtOnce) break;
  }
  return removed;
};
