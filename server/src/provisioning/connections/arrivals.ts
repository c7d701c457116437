import type { Static } from "typebox";
import type { Transaction } from "#tenancy";
import { v7 } from "uuid";
import { examine } from "../doctor/examine.ts";
import { readFacts } from "../doctor/read-facts.ts";
import { countRequestsSince } from "../log/store.ts";
import type { Arrivals } from "../schemas.ts";

const hour = 3_600_000;

/** What has arrived at a connection, with the checks of it: what the console shows live. */
export const readArrivals = async (
  tx: Transaction,
  connectionId: string,
): Promise<{ arrivals: Static<typeof Arrivals>; isCensusDue: boolean }> => {
  const { facts, activity, isCensusDue } = await readFacts(tx, connectionId);
  const { census } = facts;
  const checks = await examine(tx, connectionId, facts);
  const hourAgo = v7({ msecs: tx.now.getTime() - hour });
  const arrivals = {
    firstRequestAt: time(facts.firstRequestAt),
    lastRequestAt: time(facts.lastRequestAt),
    testConnectionAt: time(facts.testConnectionAt),
    lastRefusedAt: time(facts.lastRefusedAt),
    lastRefusedReason: facts.lastRefusedReason,
    lastRefusedFrom: activity?.lastRefusedFrom ?? null,
    users: census?.users ?? 0,
    activeUsers: census?.activeUsers ?? 0,
    groups: census?.groups ?? 0,
    memberships: census?.memberships ?? 0,
    lastChangeAt: time(activity?.lastChangeAt ?? null),
    lastChange: activity?.lastChange ?? null,
    requestsLastHour: await countRequestsSince(tx, connectionId, hourAgo),
    attributes: Object.entries(census?.attributes ?? {}).map(([path, people]) => ({
      path,
      people,
    })),
    checks: checks.map(({ muted, ...check }) => ({
      ...check,
      clicks: [...check.clicks],
      evidence: [...check.evidence],
      muted: muted && { ...muted, at: muted.at.toISOString() },
    })),
  };
  return { arrivals, isCensusDue };
};

const time = (date: Date | null) => date?.toISOString() ?? null;
