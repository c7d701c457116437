import {
  countAttributeRules,
  countMappedGroups,
  findDefaultRole,
  listUnmappedGroups,
} from "#accounts";
import { findFirst, findGroupNames, nameUsers, type Some } from "#directory";
import type { Transaction } from "#tenancy";
import { v7 } from "uuid";
import { findActivity, listLifetimes } from "../connections/store.ts";
import { stateOfCredential } from "../connections/credential-state.ts";
import { countRefusedSince } from "../log/store.ts";
import type { Census } from "./census.ts";
import type { Facts, NamedSome } from "./facts.ts";
import { rhythmOf } from "./sightings.ts";
import { findCensus, findResent, findSightings } from "./store.ts";

const day = 86_400_000;
const shownGroups = 5;

type Activity = Awaited<ReturnType<typeof findActivity>>;

/** What checks read, and what the page shows beside them. */
export type Reading = {
  readonly facts: Facts;
  readonly activity: Activity;
  /** The count is older than the last change, or was never taken. */
  readonly isCensusDue: boolean;
};

/** Gathers the facts of a connection: a fixed number of queries, none of which walks through the people. */
export const readFacts = async (tx: Transaction, connectionId: string): Promise<Reading> => {
  const activity = await findActivity(tx, connectionId);
  const counted = await findCensus(tx, connectionId);
  const sightings = await findSightings(tx, connectionId);
  const rhythmMs = rhythmOf(sightings.cycle?.recent ?? []);
  const resent = await findResent(tx, connectionId, new Date(tx.now.getTime() - 2 * rhythmMs));
  const names = await nameAll(tx, counted?.census, resent.examples);
  const named = (some: Some | undefined): NamedSome => ({
    count: some?.count ?? 0,
    examples: (some?.examples ?? []).flatMap((id) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name }];
    }),
  });
  const facts: Facts = {
    now: tx.now,
    firstRequestAt: activity?.firstRequestAt ?? null,
    lastRequestAt: activity?.lastRequestAt ?? null,
    testConnectionAt: activity?.testConnectionAt ?? null,
    lastRefusedAt: activity?.lastRefusedAt ?? null,
    lastRefusedReason: activity?.lastRefusedReason ?? null,
    credentialsEndAt: await findEndOfCredentials(tx, connectionId),
    firstUser: (await findFirst(tx, connectionId, "directory_users")) ?? null,
    firstGroup: (await findFirst(tx, connectionId, "directory_groups")) ?? null,
    census: counted?.census,
    withoutMail: named(counted?.census.withoutMail),
    guests: named(counted?.census.guests),
    sightings,
    rhythmMs,
    mappedGroups: await countMappedGroups(tx, connectionId),
    attributeRules: await countAttributeRules(tx, connectionId),
    hasLobby: (await findDefaultRole(tx, connectionId))?.roleId === null,
    unmappedGroups: await listUnmappedGroups(tx, connectionId, shownGroups),
    resent: {
      count: resent.count,
      examples: resent.examples.map(({ resourceId, ...one }) => ({
        ...one,
        name: names.get(resourceId) ?? `A deleted ${one.resourceType.toLowerCase()}`,
      })),
    },
    refusals: await countRefusedSince(tx, connectionId, v7({ msecs: tx.now.getTime() - day })),
  };
  const changedAt = activity?.lastChangeAt ?? null;
  const isCensusDue = counted === undefined || (changedAt !== null && changedAt > counted.takenAt);
  return { facts, activity, isCensusDue };
};

const nameAll = async (
  tx: Transaction,
  census: Census | undefined,
  resent: readonly { resourceId: string }[],
): Promise<ReadonlyMap<string, string>> => {
  const resources = resent.map(({ resourceId }) => resourceId);
  const people = [...(census?.withoutMail.examples ?? []), ...(census?.guests.examples ?? [])];
  const users = await nameUsers(tx, [...people, ...resources]);
  return new Map([...users, ...(await findGroupNames(tx, resources))]);
};

/** When the last live credential ends: null for never, undefined without any. */
const findEndOfCredentials = async (
  tx: Transaction,
  connectionId: string,
): Promise<Date | null | undefined> => {
  const credentials = (await listLifetimes(tx, connectionId)).filter(
    (credential) => stateOfCredential(credential, tx.now) === "live",
  );
  if (credentials.some(({ expiresAt }) => expiresAt === null)) return null;
  return credentials
    .flatMap(({ expiresAt }) => expiresAt ?? [])
    .toSorted((one, other) => other.getTime() - one.getTime())[0];
};
