import fc from "fast-check";
import { expect, test } from "vitest";
import { knownText, parseSearch, stringifySearch } from "./search-params.ts";

test("any text survives the way into the address and back", () => {
  const search = fc.dictionary(
    fc.string({ minLength: 1, unit: "grapheme" }),
    fc.string({ minLength: 1, unit: "grapheme" }),
  );
  fc.assert(
    fc.property(search, (given) => {
      expect(parseSearch(stringifySearch(given))).toEqual({ ...given });
    }),
  );
});

test("numbers and truths in an address stay text", () => {
  expect(parseSearch("?search=123&held=true")).toEqual({ search: "123", held: "true" });
});

test("a route keeps what it knows and drops the rest", () => {
  expect(knownText("status", "search")({ status: "active", search: "", stranger: "x" })).toEqual({
    status: "active",
  });
});
