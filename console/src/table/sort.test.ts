import { expect, test } from "vitest";
import { ariaSort, nextSort } from "./sort.ts";

const cases = [
  { from: undefined, to: "name", said: "ascending" },
  { from: "name", to: "-name", said: "descending" },
  { from: "-name", to: undefined, said: "none" },
  { from: "changed", to: "name", said: "ascending" },
] as const;

test.for(cases)("pressing Name when sorted by $from sorts by $to", ({ from, to, said }) => {
  expect(nextSort(from, "name")).toBe(to);
  expect(ariaSort(to, "name")).toBe(said);
});
