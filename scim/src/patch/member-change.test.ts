import { expect, test } from "vitest";
import { groupResourceType } from "../schema/group.ts";
import { memberChange } from "./member-change.ts";
import { parsePatch } from "./parse-patch.ts";

const change = (operation: object) =>
  parsePatch({ Operations: [operation] }, groupResourceType).map((parsed) => memberChange(parsed));

test.each([
  [
    {
      op: "add",
      path: "members",
      value: [{ value: "a", display: "A" }, { value: "b" }, { value: "a" }],
    },
    { kind: "add", values: ["a", "b"] },
  ],
  [
    { op: "add", value: { members: [{ value: "a" }] } },
    { kind: "add", values: ["a"] },
  ],
  [
    { op: "replace", path: "MEMBERS", value: [{ value: "a" }] },
    { kind: "replace", values: ["a"] },
  ],
  [{ op: "replace", path: "members", value: [] }, { kind: "removeAll" }],
  [{ op: "replace", path: "members", value: null }, { kind: "removeAll" }],
  [{ op: "remove", path: "members" }, { kind: "removeAll" }],
  [
    { op: "remove", path: 'members[value eq "a"]' },
    { kind: "remove", values: ["a"] },
  ],
  [
    { op: "remove", path: 'members[value eq "a" or value eq "b"]' },
    { kind: "remove", values: ["a", "b"] },
  ],
  [
    { op: "remove", path: 'members[type eq "User"]' },
    { kind: "removeWhere", filter: { kind: "compare", value: "User" } },
  ],
  [
    { op: "remove", path: 'members[value eq "a" and type eq "User"]' },
    { kind: "removeWhere", filter: { kind: "and" } },
  ],
  [
    { op: "add", path: 'members[value eq "a"].type', value: "User" },
    { kind: "add", values: [] },
  ],
])("%j", (operation, expected) => {
  expect(change(operation)).toMatchObject([expected]);
});

test("another attribute is not about members", () => {
  expect(change({ op: "replace", path: "displayName", value: "G" })).toEqual([undefined]);
  expect(change({ op: "replace", value: { nonsense: 1 } })).toEqual([undefined]);
});
