import { expect, test } from "vitest";
import { readMoment, toLocal } from "./moment.ts";

test.each([
  ["2026-11-25 13:05", "2026-11-25 13:05"],
  [" 2026-11-25T9:05 ", "2026-11-25 09:05"],
  ["2026-11-25", "2026-11-25 00:00"],
])("%j is a moment", (typed, shown) => {
  expect(toLocal(readMoment(typed)!)).toBe(shown);
});

test.each(["", "yesterday", "2026-13-45", "2026-11-25 25:00", "25.11.2026"])(
  "%j is none",
  (typed) => {
    expect(readMoment(typed)).toBeUndefined();
  },
);
