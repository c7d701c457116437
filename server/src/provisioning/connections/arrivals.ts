import type { Static } from "typebox";
import { countMembers, countGroups, sampleDocuments, summarizeUsers } from "#directory";
import { countMappedGroups } from "#accounts";
import type { Transaction } from "#tenancy";
import { v7 } from "uuid";
import { attributePathsOf } from "../resources/attribute-paths.ts";
import type { Arrivals } from "../schemas.ts";
import { countRequestsSince } from "../log/store.ts";
import { advise } from "./advice.ts";
import { findActivity } from "./store.ts";

const sampleSize = 200;
const hour = 3_600_000;

/** What has arrived at a connection, with advice: what the console shows live. */
export const readArrivals = async (
  tx: Transaction,
  connectionId: string,
): Promise<Static<typeof Arrivals>> => {
  const activity = await findActivity(tx, connectionId);
  const people = await summarizeUsers(tx, connectionId);
  const groups = await countGroups(tx, connectionId);
  const members = await countMembers(tx, connectionId);
  const sample = await sampleDocuments(tx, connectionId, sampleSize);
  const attributes = countPaths(sample);
  const seen = {
    firstRequestAt: activity?.firstRequestAt ?? null,
    lastRequestAt: activity?.lastRequestAt ?? null,
    testConnectionAt: activity?.testConnectionAt ?? null,
    lastRefusedAt: activity?.lastRefusedAt ?? null,
    lastRefusedReason: activity?.lastRefusedReason ?? null,
  };
  return {
    firstRequestAt: time(seen.firstRequestAt),
    lastRequestAt: time(seen.lastRequestAt),
    testConnectionAt: time(seen.testConnectionAt),
    lastRefusedAt: time(seen.lastRefusedAt),
    lastRefusedReason: seen.lastRefusedReason,
    lastRefusedFrom: activity?.lastRefusedFrom ?? null,
    ...people,
    groups,
    memberships: [...members.values()].reduce((sum, count) => sum + count, 0),
    lastChangeAt: time(activity?.lastChangeAt ?? null),
    lastChange: activity?.lastChange ?? null,
    requestsLastHour: await countRequestsSince(
      tx,
      connectionId,
      v7({ msecs: tx.now.getTime() - hour }),
    ),
    attributes: [...attributes].map(([path, count]) => ({ path, people: count })),
    advice: advise({
      ...seen,
      users: people.users,
      groups,
      mappedGroups: await countMappedGroups(tx, connectionId),
      attributes,
      now: tx.now,
    }),
  };
};

const countPaths = (documents: readonly object[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const path of attributePathsOf(document)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
};

const time = (date: Date | null) => date?.toISOString() ?? null;
