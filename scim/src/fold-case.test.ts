import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foldCase } from "./fold-case.ts";

test("folding is idempotent and makes letter cases equal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(foldCase(foldCase(text))).toBe(foldCase(text));
      expect(foldCase(text.toLowerCase())).toBe(foldCase(text));
    }),
  );
});

test.each([
  { left: "ÉCOLE", right: "e\u0301cole", equal: true },
  { left: "ΟΔΟΣ", right: "οδος", equal: true },
  { left: "ΟΔΟΣ", right: "οδοσ", equal: true },
  { left: "straße@x", right: "strasse@x", equal: false },
  { left: "ana.ito@x", right: "ANA.ITO@X", equal: true },
  { left: "ana+ito@x", right: "ana.ito@x", equal: false },
])("$left and $right are the same: $equal", ({ left, right, equal }) => {
  expect(foldCase(left) === foldCase(right)).toBe(equal);
});
