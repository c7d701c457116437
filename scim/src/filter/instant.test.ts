import { afterAll, beforeAll, expect, test } from "vitest";
import { parseInstant } from "./instant.ts";

const { TZ } = process.env;
beforeAll(() => {
  process.env["TZ"] = "Asia/Tokyo";
});
afterAll(() => {
  if (TZ === undefined) delete process.env["TZ"];
  else process.env["TZ"] = TZ;
});

test.each([
  ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000Z"],
  ["2026-01-31T09:30:00", "2026-01-31T09:30:00.000Z"],
  ["2026-01-31T09:30:00.250+02:00", "2026-01-31T07:30:00.250Z"],
])("%s is an instant wherever the server stands", (text, instant) => {
  expect(new Date(parseInstant(text)).toISOString()).toBe(instant);
});

test.each(["2026-01-31", "09:30:00", "2026-13-01T00:00:00Z", "yesterday", ""])(
  "%j is none",
  (text) => {
    expect(parseInstant(text)).toBeNaN();
  },
);
