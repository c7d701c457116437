import { expect, test } from "vitest";
import { startTally } from "./provisioning-log.ts";
import { judgeFailures } from "./quarantine.ts";

/** §2.6: nothing below 5,000 failures; then more than 40 %, or more than 40,000. */
test.each([
  [4999, 0, undefined],
  [5000, 7000, "EncounteredEscrowProportionThreshold"],
  [5000, 7500, undefined],
  [40_000, 1_000_000, undefined],
  [40_001, 1_000_000, "EncounteredTotalEscrowThreshold"],
])("%d failures beside %d successes: %s", (failed, created, reason) => {
  expect(judgeFailures({ ...startTally(), failed, created })).toBe(reason);
});
