import type { FairQueue } from "./fair-queue.ts";

/** The other processes that serve the same port. */
export type Neighbours = {
  /** How many processes serve the port, this one among them. */
  readonly processes: number;
  /** Says which connections are active here. */
  readonly tell: (connectionIds: readonly string[]) => void;
  /** Is told which are active there. */
  readonly hear: (listener: (connectionIds: readonly string[]) => void) => void;
};

const everyMs = 200;

/** Lets a queue know of the company that its lanes have in other processes. Gives what ends it. */
export const shareLanes = (
  queue: Pick<FairQueue<unknown>, "lanes" | "setElsewhere">,
  { tell, hear }: Pick<Neighbours, "tell" | "hear">,
  isShared: (lane: string) => boolean,
): (() => void) => {
  let told = "";
  hear(queue.setElsewhere);
  const timer = setInterval(() => {
    const lanes = queue.lanes().filter(isShared);
    if (lanes.join() === told) return;
    told = lanes.join();
    tell(lanes);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
