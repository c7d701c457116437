import { createFairQueue, type FairQueue, type QueueLimits } from "./fair-queue.ts";
import { Throttled } from "./throttled.ts";

export type GateLimits = QueueLimits & {
  /** Nobody waits longer: who would is better told when to come back. */
  readonly patienceMs: number;
};

/** Lets requests work in their turn: each lane queues behind itself. */
export type Gate = {
  /**
   * Does `work` when it is the lane's turn.
   * @throws Throttled when too many of the lane wait already, or its turn does not come
   */
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result>;
  readonly queue: Pick<FairQueue<unknown>, "working" | "waiting" | "lanes" | "setElsewhere">;
};

type Waiting = { readonly admit: () => void };

export const createGate = (
  { patienceMs, ...limits }: GateLimits,
  hasClaim?: (lane: string) => boolean,
): Gate => {
  const queue = createFairQueue<Waiting>(limits, hasClaim);

  const saturated = (lane: string): Throttled =>
    new Throttled(
      "saturated",
      queue.drainSeconds(lane, performance.now()),
      (seconds) =>
        `Muster has as many requests of this connection waiting as it can answer soon. Send this one again in ${seconds}, and fewer at a time.`,
    );

  const enter = async (lane: string): Promise<void> => {
    const turn = Promise.withResolvers<void>();
    const ticket: Waiting = { admit: turn.resolve };
    const place = queue.offer(lane, ticket, performance.now());
    if (place === "working") return;
    if (place === "refused") throw saturated(lane);
    const giveUp = setTimeout(() => {
      turn.reject(saturated(lane));
      queue.withdraw(lane, ticket);
    }, patienceMs);
    await turn.promise.finally(() => clearTimeout(giveUp));
  };

  return {
    run: async (lane, work) => {
      await enter(lane);
      try {
        return await work();
      } finally {
        for (const next of queue.finish(lane, performance.now())) next.admit();
      }
    },
    queue,
  };
};
