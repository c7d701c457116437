import { setTimeout as sleep } from "node:timers/promises";

/** So much longer than it computes a job leaves the processor to requests. */
const rest = 3;

/**
 * Does a portion of what a job computes, then leaves the processor to requests for three times as long as it took.
 * @param compute takes a few milliseconds at most: so long every request waits for it
 */
export const computePortion = async <Result>(compute: () => Result): Promise<Result> => {
  const began = performance.now();
  const result = compute();
  await sleep((performance.now() - began) * rest);
  return result;
};
