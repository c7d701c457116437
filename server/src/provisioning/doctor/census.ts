import { sampleDocuments, takeMirrorCensus, type MirrorCensus } from "#directory";
import type { Log } from "#database";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { matchLocals } from "../match-locals.ts";
import { attributePathsOf } from "../resources/attribute-paths.ts";
import { saveCensus } from "./store.ts";

/** What a connection has in the mirror, counted now and then; the same numbers for every look at the page until then. */
export type Census = MirrorCensus & {
  /** Attribute paths in the people who came last, with how many of them carry each. */
  readonly attributes: Readonly<Record<string, number>>;
};

export type CensusTaker = {
  /** Something has changed: it is counted again soon, at once unless it was just counted. */
  due(orgId: OrgId, connectionId: string): void;
  /** Waits for what is being counted, and counts no more. */
  close(): Promise<void>;
};

const sampleSize = 200;
const shortestPauseMs = 500;
/** Counting takes at most this part of the database's time, however large the mirror and busy the connection. */
const share = 1 / 30;
/** A pass over many people takes a core from the requests for that long, so it is made the more seldom. */
const pausePerPersonMs = 0.2;

type Connection = {
  readonly orgId: OrgId;
  timer?: NodeJS.Timeout;
  nextAt: number;
  /** Something has changed since counting last began. */
  isDue: boolean;
  isCounting: boolean;
};

/** Counts behind the requests. */
export const createCensusTaker = (organisations: Organisations, log: Log): CensusTaker => {
  const connections = new Map<string, Connection>();
  const running = new Set<Promise<void>>();
  let isClosed = false;

  const take = async (connectionId: string, connection: Connection) => {
    const started = performance.now();
    connection.isDue = false;
    connection.isCounting = true;
    let people = 0;
    try {
      people = await organisations.within(connection.orgId, (tx) => takeCensus(tx, connectionId));
    } catch (error) {
      log.warn({ err: error, connectionId }, "The people of a connection could not be counted.");
    }
    const took = performance.now() - started;
    connection.nextAt =
      performance.now() + Math.max(shortestPauseMs, took / share, people * pausePerPersonMs);
    connection.isCounting = false;
    schedule(connectionId, connection);
  };

  /** One count of a connection at a time: a crowd of them would take the database from everybody. */
  const schedule = (connectionId: string, connection: Connection) => {
    const { isDue, isCounting, timer } = connection;
    if (isClosed || !isDue || isCounting || timer !== undefined) return;
    connection.timer = setTimeout(
      () => {
        delete connection.timer;
        const taking = take(connectionId, connection).finally(() => running.delete(taking));
        running.add(taking);
      },
      Math.max(0, connection.nextAt - performance.now()),
    );
    connection.timer.unref();
  };

  return {
    due: (orgId, connectionId) => {
      const connection = connections.get(connectionId) ?? {
        orgId,
        nextAt: 0,
        isDue: false,
        isCounting: false,
      };
      connections.set(connectionId, connection);
      connection.isDue = true;
      schedule(connectionId, connection);
    },
    close: async () => {
      isClosed = true;
      for (const { timer } of connections.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};

/** @returns how many people there are */
const takeCensus = async (tx: Transaction, connectionId: string): Promise<number> => {
  const mirror = await takeMirrorCensus(tx, connectionId);
  const attributes: Record<string, number> = {};
  for (const document of await sampleDocuments(tx, connectionId, sampleSize))
    for (const path of attributePathsOf(document)) attributes[path] = (attributes[path] ?? 0) + 1;
  saveCensus(tx, connectionId, { ...mirror, attributes });
  await matchLocals(tx, connectionId);
  return mirror.users;
};
