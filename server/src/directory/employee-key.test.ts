import { describe, expect, test } from "vitest";
import { employeeKey } from "./employee-key.ts";

describe("an employee number as it is compared", () => {
  test.each([
    ["E-7", "e-7"],
    ["  E-7 ", "e-7"],
    ["\tE-7", "\te-7"],
    ["ÄB", "Äb"],
    ["", null],
    ["   ", null],
    ["😀".repeat(300), "😀".repeat(200)],
  ])("%j is %j", (number, key) => {
    expect(employeeKey(number)).toBe(key);
  });
});
