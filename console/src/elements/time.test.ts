import { expect, test } from "vitest";
import { isPast, sayWhen } from "./time.ts";

const now = Date.parse("2026-11-24T12:00:00Z");
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const minute = 60_000;
const day = 24 * 60 * minute;

const cases = [
  { at: ago(0), said: /^just now$/ },
  { at: ago(44_000), said: /^just now$/ },
  { at: ago(-20_000), said: /^just now$/ },
  { at: ago(5 * minute), said: /5 minutes ago/ },
  { at: ago(3 * 60 * minute), said: /3 hours ago/ },
  { at: ago(day), said: /yesterday/ },
  { at: ago(-2 * day), said: /in 2 days/ },
  { at: ago(30 * day), said: /^(?!.*ago).*25/ },
  { at: ago(400 * day), said: /2025/ },
];

test.for(cases)("$at is said as $said", ({ at, said }) => {
  expect(sayWhen(at, now)).toMatch(said);
});

test("something is due until the end of its day", () => {
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  expect(isPast(day)).toBe(false);
  expect(isPast("2020-02-29")).toBe(true);
});
