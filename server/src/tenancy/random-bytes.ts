import { randomFillSync } from "node:crypto";

const pool = new Uint8Array(4096);
let used = pool.length;

/**
 * Random bytes, drawn from the system for many at a time: asking it costs far more than the bytes. They are overwritten
 * when the next are drawn, so they must be used at once, and they are no secrets.
 * @param length at most 4096
 */
export const takeRandomBytes = (length: number): Uint8Array => {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
};
