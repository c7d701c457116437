import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Log } from "#database";
import type { Metrics } from "#http";
import type { Organisations, OrgId } from "#tenancy";
import { LRUCache } from "lru-cache";
import { createBodyRoom } from "./body-room.ts";
import { createGate } from "./gate.ts";
import { createLeases } from "./leases.ts";
import { shareLanes, type Neighbours } from "./neighbours.ts";
import { readBody } from "./read-body.ts";
import { createRefusals } from "./refusals.ts";
import type { RequestLimit } from "./request-limit.ts";
import { leastShare, sharedSlots } from "./shared-slots.ts";
import { drawFromBudget } from "./store.ts";
import { Throttled } from "./throttled.ts";

/** A request on its way in. */
export type Visit = {
  readonly connectionId: string;
  /** The SHA-256 of what it was sent with. */
  readonly credential: string;
  /** Whether it was counted against its connection's limit. */
  isCounted: boolean;
  /** Whether its credentials were seen to be right. */
  isRecognised: boolean;
  /** Gives back the room of its body. */
  leave: () => void;
};

/** Who a request has turned out to be. */
export type Known = {
  readonly orgId: OrgId;
  readonly connectionId: string;
  readonly limit: RequestLimit | undefined;
};

/** Lets requests in: up to their connection's limit, and in their turn. */
export type Admission = {
  /**
   * Begins a request, before its body is read.
   * @throws Throttled when its connection is past its limit
   */
  arrive(request: { connectionId: string; authorization: string | undefined }): Promise<Visit>;
  /** @throws ScimError when the body cannot be taken, Throttled when there is no room for it */
  read(visit: Visit, stream: IncomingMessage): Promise<Buffer>;
  /**
   * Does the work in the connection's turn.
   * @throws Throttled
   */
  run<Result>(visit: Visit, work: () => Promise<Result>): Promise<Result>;
  /**
   * Says that the credentials of a request are right, and what the limit of its connection is. Said again, it is an
   * operation of a bulk request, which counts as a request too.
   */
  recognise(visit: Visit, known: Known): void;
  close(): Promise<void>;
};

const limits = {
  /** Fewer than there are database connections, so that the console finds one. */
  slots: 16,
  mostWaiting: 500,
  companyMs: 10_000,
  patienceMs: 5000,
  bodyBytes: 128 * 1024 * 1024,
} as const;

/** Requests whose credentials have not yet been right here queue together, behind each other, and take no share from others. */
const newcomers = "newcomers";
const remembered = 10_000;

type Surroundings = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly neighbours?: Neighbours | undefined;
};

export const createAdmission = (
  organisations: Organisations,
  { log, metrics, neighbours }: Surroundings,
): Admission => {
  const isConnection = (lane: string) => lane !== newcomers;
  const shared = sharedSlots(limits.slots, neighbours?.processes);
  const least = leastShare(neighbours?.processes);
  const gate = createGate({ ...limits, shared, least }, isConnection);
  const endSharing = neighbours && shareLanes(gate.queue, neighbours, isConnection);
  const room = createBodyRoom(limits.bodyBytes);
  const refusals = createRefusals(organisations, log);
  const leases = createLeases(
    (orgId, connectionId, wanted) =>
      organisations.within(orgId, (tx) => drawFromBudget(tx, connectionId, wanted)),
    log,
  );
  const known = new LRUCache<string, Known>({ max: remembered });
  const countRefused = metrics.counter(
    "scim_requests_refused_total",
    "SCIM requests told to come back later (429), past their connection's limit or for want of room",
    "reason",
  );
  metrics.gauge("scim_requests_working", "SCIM requests in work", gate.queue.working);
  metrics.gauge("scim_requests_waiting", "SCIM requests that wait", gate.queue.waiting);

  const whoIs = ({ credential, connectionId }: Visit): Known | undefined => {
    const found = known.get(credential);
    return found?.connectionId === connectionId ? found : undefined;
  };
  const laneOf = (visit: Visit): string => whoIs(visit)?.connectionId ?? newcomers;

  /** A bucket belongs to those who hold a credential of the connection: others cannot empty it. */
  const countIn = async (visit: Visit): Promise<void> => {
    if (!visit.isCounted && whoIs(visit) !== undefined)
      visit.isCounted = await leases.take(visit.connectionId);
  };

  const counting = async <Result>(visit: Visit, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      // What was right once and was revoked since has no claim to its connection's turns any more.
      if ((error as { status?: number }).status === 401 && whoIs(visit) !== undefined)
        known.delete(visit.credential);
      if (error instanceof Throttled) {
        countRefused(error.reason);
        const who = whoIs(visit);
        if (who !== undefined) refusals.note(who, error);
      }
      throw error;
    }
  };

  return {
    arrive: async ({ connectionId, authorization = "" }) => {
      const credential = hash("sha256", authorization, "base64");
      const visit: Visit = {
        connectionId,
        credential,
        isCounted: false,
        isRecognised: false,
        leave: () => {},
      };
      await counting(visit, () => countIn(visit));
      return visit;
    },
    read: (visit, stream) =>
      counting(visit, async () => {
        const { bytes, giveBack } = await readBody(stream, laneOf(visit), room);
        visit.leave = giveBack;
        return bytes;
      }),
    run: (visit, work) =>
      counting(visit, () =>
        gate.run(laneOf(visit), async () => {
          // Its credentials may have been seen to be right while it waited, or a limit been set.
          await countIn(visit);
          return work();
        }),
      ),
    recognise: (visit, who) => {
      known.set(visit.credential, who);
      leases.set(who.orgId, who.connectionId, who.limit);
      if (!visit.isCounted || visit.isRecognised) leases.charge(who.connectionId);
      visit.isCounted = true;
      visit.isRecognised = true;
    },
    close: async () => {
      endSharing?.();
      await refusals.close();
    },
  };
};
