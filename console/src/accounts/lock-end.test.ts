import { expect, test } from "vitest";
import { dayOf, endOf } from "./lock-end.ts";

test.each(["2026-01-01", "2026-02-28", "2026-12-31"])("%s ends on that day", (day) => {
  expect(dayOf(endOf(day))).toBe(day);
});
