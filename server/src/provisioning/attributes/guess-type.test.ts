import { expect, test } from "vitest";
import { guessType } from "./guess-type.ts";

test.each([
  ["nothing", [], "string"],
  ["text", ["ana", "7"], "string"],
  ["booleans as text", ["True", "false", true], "boolean"],
  ["numbers, some as text", ["7", 12, "-3"], "integer"],
  ["numbers with a point", ["7", 1.5], "decimal"],
  ["numbers with leading zeros, which are names", ["007", "12"], "string"],
  ["numbers too long to count with", ["1234567890123456789"], "string"],
  ["times", ["2026-01-31T09:30:00Z"], "dateTime"],
  ["addresses of pages", ["https://x.test/a"], "reference"],
])("%s", (_what, examples, type) => {
  expect(guessType(examples)).toEqual({ type, multiValued: false });
});

test("a list is a list, and what has parts is nothing that can be defined", () => {
  expect(guessType([["1"], ["2"]])).toEqual({ type: "integer", multiValued: true });
  expect(guessType([{}])).toBeNull();
  expect(guessType([[{}], "x"])).toBeNull();
});
