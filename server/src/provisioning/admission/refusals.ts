import type { Log } from "#database";
import type { Organisations, OrgId } from "#tenancy";
import { noteActivity } from "../connections/store.ts";
import { countRefusals } from "./store.ts";
import type { Throttled } from "./throttled.ts";

/** Counts the requests that were told to come back later: a number for each connection, however many there are. */
export type Refusals = {
  note(who: { orgId: OrgId; connectionId: string }, refusal: Throttled): void;
  /** Writes what was counted. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

type Counted = { readonly orgId: OrgId; count: number };

const everyMs = 1000;
const saidAgainMs = 60_000;

export const createRefusals = (organisations: Organisations, log: Log): Refusals => {
  let counted = new Map<string, Counted>();
  const said = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();

  const write = async (counts: ReadonlyMap<string, Counted>): Promise<void> => {
    for (const [connectionId, { orgId, count }] of counts)
      await organisations.within(orgId, async (tx) => {
        countRefusals(tx, { connectionId, count });
        noteActivity(tx, { connectionId, throttledAt: tx.now });
      });
  };

  const flush = (): Promise<void> => {
    const counts = counted;
    counted = new Map();
    if (counts.size > 0)
      writing = writing
        .then(() => write(counts))
        .catch((error: unknown) => {
          log.warn({ err: error }, "Refused requests could not be counted.");
        });
    return writing;
  };

  const timer = setInterval(() => void flush(), everyMs);
  timer.unref();
  return {
    note: ({ orgId, connectionId }, { reason, message }) => {
      const known = counted.get(connectionId);
      if (known === undefined) counted.set(connectionId, { orgId, count: 1 });
      else known.count += 1;
      const now = performance.now();
      if (now - (said.get(connectionId) ?? -Infinity) < saidAgainMs) return;
      said.set(connectionId, now);
      log.warn({ connectionId, reason }, `Requests of a connection are refused. ${message}`);
    },
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
};
