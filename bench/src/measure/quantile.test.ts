import { expect, test } from "vitest";
import { quantile } from "./quantile.ts";

test("quantiles are values that were measured (nearest rank)", () => {
  const sorted = [1, 2, 3, 4];
  expect([0, 0.5, 0.75, 0.99, 1].map((share) => quantile(sorted, share))).toEqual([1, 2, 3, 4, 4]);
  expect(quantile([], 0.5)).toBeUndefined();
});
