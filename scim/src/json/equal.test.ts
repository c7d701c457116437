import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isEqual } from "./equal.ts";

test("a JSON value equals its copy, and its keys in another order", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isEqual(value, structuredClone(value))).toBe(true);
    }),
  );
  expect(isEqual({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
});

test.each([
  [{ a: 1 }, { b: 1 }],
  [{ a: undefined }, { b: undefined }],
  [
    [1, 2],
    [2, 1],
  ],
  [[], {}],
  ["1", 1],
  [null, {}],
  [{ a: 1 }, { a: 1, b: 1 }],
])("%j and %j differ", (left, right) => {
  expect(isEqual(left, right)).toBe(false);
  expect(isEqual(right, left)).toBe(false);
});
