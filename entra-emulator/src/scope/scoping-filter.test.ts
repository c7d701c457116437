import { expect, test } from "vitest";
import type { Value } from "../expression/values.ts";
import { checkScopingFilter, isInScope } from "./scoping-filter.ts";

const attributes: Readonly<Record<string, Value>> = {
  department: "Sales",
  level: "7",
  flags: "6",
  enabled: true,
};
const read = (name: string): Value => attributes[name] ?? null;
const holds = (attribute: string, operator: string, value = ""): boolean =>
  isInScope([{ clauses: [{ attribute, operator, value }] }], read);

/** §4.4, operator by operator; `none` has no value, and every clause but IS NULL is false on it. */
test.each([
  ["department", "EQUALS", "Sales", true],
  ["department", "EQUALS", "sales", false],
  ["department", "NOT EQUALS", "HR", true],
  ["none", "NOT EQUALS", "HR", false],
  ["none", "IS NULL", "", true],
  ["department", "IS NULL", "", false],
  ["department", "IS NOT NULL", "", true],
  ["none", "IS NOT NULL", "", false],
  ["enabled", "IS TRUE", "", true],
  ["enabled", "IS FALSE", "", false],
  ["department", "REGEX MATCH", "S.*s", true],
  ["department", "REGEX MATCH", "ale", false],
  ["department", "NOT REGEX MATCH", "H.*", true],
  ["none", "NOT REGEX MATCH", "H.*", false],
  ["level", "Greater_Than", "7", false],
  ["level", "Greater_Than_OR_EQUALS", "7", true],
  ["department", "Greater_Than", "1", false],
  ["department", "Includes", "ale", true],
  ["department", "ENDS_WITH", "les", true],
  ["flags", "&", "2", true],
  ["flags", "&", "1", false],
  ["flags", "!&", "1", true],
])("%s %s %s is %s", (attribute, operator, value, expected) => {
  expect(holds(attribute, operator, value)).toBe(expected);
});

test("clauses of a filter are ANDed, filters are ORed, none is everybody", () => {
  const sales = { attribute: "department", operator: "EQUALS", value: "Sales" };
  const nobody = { attribute: "none", operator: "IS NOT NULL" };
  expect(isInScope([{ clauses: [sales, nobody] }], read)).toBe(false);
  expect(isInScope([{ clauses: [sales, nobody] }, { clauses: [sales] }], read)).toBe(true);
  expect(isInScope([], read)).toBe(true);
});

test.each([
  [{ attribute: "department", operator: "IsMemberOf", value: "g" }, "not supported"],
  [{ attribute: "department", operator: "LIKE", value: "g" }, "no operator"],
  [{ attribute: "manager", operator: "EQUALS", value: "g" }, "cannot be used"],
  [{ attribute: "level", operator: "&", value: "many" }, "whole number"],
  [{ attribute: "level", operator: "REGEX MATCH", value: "(" }, "regular expression"],
])("%j is refused", (clause, problem) => {
  expect(checkScopingFilter({ clauses: [clause] })).toContain(problem);
});
