import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draw, lowestPerSecond, type RequestLimit } from "./request-limit.ts";

const limits = fc.record({
  perSecond: fc.integer({ min: lowestPerSecond, max: 2000 }),
  burst: fc.integer({ min: 1, max: 5000 }),
});
const asks = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 3000 }),
    wanted: fc.integer({ min: 1, max: 300 }),
  }),
  { minLength: 1, maxLength: 100 },
);
const began = 1_800_000_000_000;

/** Draws again and again. Gives when how many were granted. */
const drawAll = (limit: RequestLimit, script: { afterMs: number; wanted: number }[]) => {
  let now = began;
  let drawnUntil = 0;
  return script.map(({ afterMs, wanted }) => {
    now += afterMs;
    const drawn = draw(drawnUntil, wanted, { limit, now });
    ({ drawnUntil } = drawn);
    return { ...drawn, now, wanted };
  });
};

describe("a bucket", () => {
  test("never gives more than the burst and what has flowed in, over any span of time", () => {
    fc.assert(
      fc.property(limits, asks, (limit, script) => {
        const drawn = drawAll(limit, script);
        for (const [first, from] of drawn.entries()) {
          let sum = 0;
          for (const { granted, now } of drawn.slice(first)) {
            sum += granted;
            const most = limit.burst + ((now - from.now) * limit.perSecond) / 1000;
            expect(sum).toBeLessThanOrEqual(most + 0.01);
          }
        }
      }),
    );
  });

  test("refuses nobody who keeps to the limit, and says truly when the next may come", () => {
    fc.assert(
      fc.property(limits, asks, (limit, script) => {
        for (const { granted, wanted, nextAt, drawnUntil, now } of drawAll(limit, script)) {
          if (granted === wanted) continue;
          expect(nextAt).toBeGreaterThan(now - 0.01);
          expect(nextAt - now).toBeLessThanOrEqual(1000 / limit.perSecond + 0.01);
          expect(draw(drawnUntil, 1, { limit, now: nextAt + 0.01 }).granted).toBe(1);
        }
      }),
    );
  });

  test("is full after a rest, and no fuller after a longer one", () => {
    const limit = { perSecond: 25, burst: 50 };
    expect(draw(0, 1000, { limit, now: began }).granted).toBe(50);
    expect(draw(began - 1000, 1000, { limit, now: began }).granted).toBe(25);
    expect(draw(began - 60_000, 1000, { limit, now: began }).granted).toBe(50);
  });

  test("is not closed by a clock that is set back", () => {
    const limit = { perSecond: 25, burst: 50 };
    const drawn = draw(began + 3_600_000, 1, { limit, now: began });
    expect(drawn.granted).toBe(0);
    expect(drawn.nextAt - began).toBeLessThanOrEqual(40);
  });
});
