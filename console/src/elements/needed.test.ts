import { expect, test } from "vitest";
import { needed } from "./needed.ts";

test.each([
  ["nothing chosen", null, "Choose one."],
  ["nothing typed", "", "Choose one."],
  ["only spaces", "  ", "Choose one."],
  ["an empty list", [], "Choose one."],
  ["a text", "Leeds", null],
  ["a list of one", ["Sales"], null],
  ["nought, which is a number", 0, null],
])("a field that must not stay empty: %s", (_what, value, said) => {
  expect(needed("Choose one.")(value)).toBe(said);
});
