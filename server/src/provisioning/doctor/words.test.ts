import { expect, test } from "vitest";
import { duration } from "./words.ts";

test.each([
  [0, "less than a minute"],
  [59_999, "less than a minute"],
  [60_000, "1 minute"],
  [40 * 60_000, "40 minutes"],
  [3 * 3_600_000, "3 hours"],
  [50 * 3_600_000, "2 days"],
])("%d ms are %s", (ms, said) => {
  expect(duration(ms)).toBe(said);
});
