import { expect, test } from "vitest";
import { sayEffect } from "./say-effect.ts";

const part = (changes: number, names: string[], next: string | null) => ({
  people: 2000,
  total: 4000,
  changes,
  names,
  next,
});

test.each([
  [[part(0, [], null)], "Nobody's access role or tenant changes by it."],
  [[part(0, [], "id")], "Looked at 2,000 of 4,000 people so far."],
  [[part(1, ["Ana"], null)], "1 change of somebody's access role or tenant follows: Ana."],
  [
    [part(2, ["Ana", "Ben"], "id"), part(1500, ["Cy", "Di", "Ed"], null)],
    "1,502 changes of people's access roles and tenants follow: Ana, Ben, Cy and others.",
  ],
  [
    [part(2, ["Ana", "Ben"], "id")],
    "2 changes of people's access roles and tenants follow: Ana, Ben. Looked at 2,000 of 4,000 people so far.",
  ],
])("%j", (parts, sentence) => {
  expect(sayEffect(parts)).toBe(sentence);
});
