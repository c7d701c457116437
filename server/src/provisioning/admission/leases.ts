import type { Log } from "#database";
import type { OrgId } from "#tenancy";
import type { RequestLimit } from "./request-limit.ts";
import type { Draw } from "./store.ts";
import { Throttled } from "./throttled.ts";

/** Draws from the bucket of a connection, which all nodes share; undefined when it has no limit any more. */
export type DrawBudget = (
  orgId: OrgId,
  connectionId: string,
  wanted: number,
) => Promise<Draw | undefined>;

/** Keeps connections to their limits. One without a limit costs nothing. */
export type Leases = {
  /** What the limit of a connection is, as a request just saw it. */
  set(orgId: OrgId, connectionId: string, limit: RequestLimit | undefined): void;
  /**
   * Counts a request. Gives whether it was counted: without a limit there is nothing to count.
   * @throws Throttled when the connection is past its limit
   */
  take(connectionId: string): Promise<boolean>;
  /** Counts a request that works already; those that follow make up for it. */
  charge(connectionId: string): void;
};

/** What this process has drawn from a connection's bucket and not yet used. */
type Lease = {
  readonly orgId: OrgId;
  limit: RequestLimit;
  held: number;
  /** What is held then lapses: another node may have use for it. */
  expiresAt: number;
  /** Before it, there is nothing to draw. */
  emptyUntil: number;
  drawing: Promise<void> | undefined;
};

/** A node draws the requests of so long at once. */
const batchMs = 100;
const leaseMs = 1000;

/** @param clock in ms, of this process alone */
export const createLeases = (
  drawBudget: DrawBudget,
  log: Log,
  clock: () => number = () => performance.now(),
): Leases => {
  const leases = new Map<string, Lease>();

  const drawInto = async (connectionId: string, lease: Lease): Promise<void> => {
    const debt = Math.max(0, -lease.held);
    const wanted = debt + Math.max(1, Math.ceil((lease.limit.perSecond * batchMs) / 1000));
    const result = await drawBudget(lease.orgId, connectionId, wanted);
    if (result === undefined) {
      leases.delete(connectionId);
      return;
    }
    const { limit, drawn, now } = result;
    lease.limit = limit;
    lease.held += drawn.granted;
    lease.expiresAt = clock() + leaseMs;
    if (drawn.granted < wanted) lease.emptyUntil = clock() + (drawn.nextAt - now);
  };

  const drawOnce = (connectionId: string, lease: Lease): Promise<void> =>
    (lease.drawing ??= drawInto(connectionId, lease)
      .catch((error: unknown) => {
        // The request itself will be told that the database does not answer.
        log.warn({ err: error }, "A connection's request limit could not be looked at.");
        leases.delete(connectionId);
      })
      .finally(() => {
        lease.drawing = undefined;
      }));

  return {
    set: (orgId, connectionId, limit) => {
      if (limit === undefined) {
        if (leases.size > 0) leases.delete(connectionId);
        return;
      }
      const lease = leases.get(connectionId);
      if (lease !== undefined) lease.limit = limit;
      else
        leases.set(connectionId, {
          orgId,
          limit,
          held: 0,
          expiresAt: 0,
          emptyUntil: 0,
          drawing: undefined,
        });
    },
    take: async (connectionId) => {
      for (;;) {
        const lease = leases.get(connectionId);
        if (lease === undefined) return false;
        const now = clock();
        if (lease.held > 0 && now > lease.expiresAt) lease.held = 0;
        if (lease.held >= 1) {
          lease.held -= 1;
          return true;
        }
        if (now < lease.emptyUntil) throw pastLimit(lease, now);
        await drawOnce(connectionId, lease);
      }
    },
    charge: (connectionId) => {
      const lease = leases.get(connectionId);
      if (lease !== undefined) lease.held -= 1;
    },
  };
};

const pastLimit = ({ limit, held, emptyUntil }: Lease, now: number): Throttled => {
  const debtMs = (Math.max(0, -held) * 1000) / limit.perSecond;
  return new Throttled(
    "limit",
    (emptyUntil - now + debtMs) / 1000,
    (seconds) =>
      `This connection may send ${limit.perSecond} requests a second (${limit.burst} at once after a rest): an administrator of Muster has set this limit under Settings › Integrations › SCIM. Send this one again in ${seconds}.`,
  );
};
