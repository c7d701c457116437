import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addRule,
  changeRule,
  isSameDraft,
  moveRule,
  removeRule,
  toRequest,
  type Draft,
} from "./draft.ts";

const draft: Draft = {
  defaultRoleId: "viewer",
  mappings: [
    { key: "a", groupId: "a", roleId: "editor" },
    { key: "b", groupId: "b", roleId: "viewer", tenantId: "t" },
    {
      key: "c",
      attribute: { path: "title", operator: "is", values: ["boss"] },
      roleId: "loanee",
    },
  ],
};
const order = ({ mappings }: Draft) => mappings.map(({ key }) => key).join("");

test("a new rule comes last, so it overrides nobody", () => {
  const added = addRule(draft, { groupId: "d", roleId: "editor" });
  expect(added.mappings.map(({ groupId }) => groupId)).toEqual(["a", "b", undefined, "d"]);
  expect(new Set(added.mappings.map(({ key }) => key)).size).toBe(4);
});

test("another role keeps a rule's place and tenant", () => {
  expect(changeRule(draft, "b", { roleId: "editor" }).mappings[1]).toEqual({
    key: "b",
    groupId: "b",
    roleId: "editor",
    tenantId: "t",
  });
});

test("a rule is taken away by its key", () => {
  expect(order(removeRule(draft, "b"))).toBe("ac");
});

test("moving and moving back changes nothing, and never loses a rule", () => {
  const place = fc.integer({ min: 0, max: 2 });
  fc.assert(
    fc.property(place, place, (from, to) => {
      const moved = moveRule(draft, from, to);
      expect(order(moved).split("").toSorted().join("")).toBe("abc");
      expect(moved.mappings[to]).toEqual(draft.mappings[from]);
      expect(isSameDraft(moveRule(moved, to, from), draft)).toBe(true);
    }),
  );
});

test("beyond the ends nothing moves", () => {
  expect(moveRule(draft, 0, -1)).toBe(draft);
  expect(moveRule(draft, 2, 3)).toBe(draft);
});

test("another order, role, tenant, condition or default is another draft", () => {
  for (const other of [
    moveRule(draft, 0, 1),
    changeRule(draft, "a", { roleId: "viewer" }),
    changeRule(draft, "a", { tenantId: "u" }),
    changeRule(draft, "c", { attribute: { path: "title", operator: "is", values: ["chief"] } }),
    removeRule(draft, "c"),
    { ...draft, defaultRoleId: null },
  ])
    expect(isSameDraft(draft, other)).toBe(false);
});

test("the server is told no keys", () => {
  expect(JSON.stringify(toRequest(draft))).not.toContain("key");
});
