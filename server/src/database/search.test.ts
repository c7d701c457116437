import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foldForSearch, searchPatterns } from "./search.ts";

const cases: [string, string[]][] = [
  ["", []],
  ["  \t ", []],
  ["Ångström", ["%angstrom%"]],
  ["Zoë  SMITH", ["%zoe%", "%smith%"]],
  ["100%", [String.raw`%100\%%`]],
  [String.raw`a_b\c`, [String.raw`%a\_b\\c%`]],
];
test.each(cases)("%j is looked for as %j", (search, patterns) => {
  expect(searchPatterns(search)).toEqual(patterns);
});

test("what is folded stays as it is when folded again, so that stored text and pattern agree", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const folded = foldForSearch(text);
      expect(foldForSearch(folded)).toBe(folded);
    }),
  );
});
