import { expect, test } from "vitest";
import { isOwnAddress } from "./enter.ts";

const cases = [
  ["/accounts?status=disabled", true],
  ["/", true],
  ["//evil.example", false],
  ["/\\evil.example", false],
  ["https://evil.example", false],
  ["javascript:alert(1)", false],
  ["", false],
] as const;

test.for(cases)("%s is an address of ours: %s", ([to, isOurs]) => {
  expect(isOwnAddress(to)).toBe(isOurs);
});
