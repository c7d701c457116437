import { defineJob } from "#jobs";
import type { Organisations, OrgId } from "#tenancy";
import { expireLock } from "./lock-role.ts";
import { listExpiredLocks } from "./store/locks.ts";

/** Ends role locks whose time is over. */
export const expireLocksJob = defineJob<object>("expire-role-locks");

const locksPerStep = 100;

/**
 * Ends the locks of an organisation whose time is over, also those that ended while nothing ran: each in a transaction
 * of its own that holds the account and looks again, so that several nodes may do it at once.
 * @returns how many were ended
 */
export const expireLocks = async (organisations: Organisations, orgId: OrgId): Promise<number> => {
  let ended = 0;
  for (;;) {
    const due = await organisations.within(orgId, (tx) => listExpiredLocks(tx, locksPerStep));
    for (const { accountId } of due)
      if (await organisations.within(orgId, (tx) => expireLock(tx, accountId))) ended += 1;
    if (due.length < locksPerStep) return ended;
  }
};
