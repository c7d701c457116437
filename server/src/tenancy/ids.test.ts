import { expect, test } from "vitest";
import { isId, newId } from "./ids.ts";

test("ids are UUIDv7, and sort in the order in which they were made, also within a millisecond", () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.filter((id) => !isId(id) || id[14] !== "7")).toEqual([]);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id says when it was made", () => {
  const before = Date.now();
  const at = Number.parseInt(newId().replaceAll("-", "").slice(0, 12), 16);
  expect(at).toBeGreaterThanOrEqual(before);
  // A burst may count a little ahead of the clock.
  expect(at).toBeLessThanOrEqual(Date.now() + 1);
});

test("what is random of ids does not repeat", () => {
  const tails = Array.from({ length: 5000 }, () => newId().slice(-10));
  expect(new Set(tails).size).toBe(tails.length);
});
