import fc from "fast-check";
import { expect, test } from "vitest";
import { assignRole, isSameDraft, moveMapping, type Draft } from "./draft.ts";

const draft: Draft = {
  defaultRoleId: "viewer",
  mappings: [
    { groupId: "a", roleId: "editor" },
    { groupId: "b", roleId: "viewer", tenantId: "t" },
    { groupId: "c", roleId: "loanee" },
  ],
};
const order = ({ mappings }: Draft) => mappings.map(({ groupId }) => groupId).join("");

test("a newly mapped group comes last, so it overrides nobody", () => {
  expect(order(assignRole(draft, "d", "editor"))).toBe("abcd");
});

test("another role keeps a group's place and tenant", () => {
  expect(assignRole(draft, "b", "editor").mappings[1]).toEqual({
    groupId: "b",
    roleId: "editor",
    tenantId: "t",
  });
});

test("no role takes the mapping away", () => {
  expect(order(assignRole(draft, "b", null))).toBe("ac");
});

test("moving and moving back changes nothing, and never loses a mapping", () => {
  const place = fc.integer({ min: 0, max: 2 });
  fc.assert(
    fc.property(place, place, (from, to) => {
      const moved = moveMapping(draft, from, to);
      expect(order(moved).split("").toSorted().join("")).toBe("abc");
      expect(moved.mappings[to]).toEqual(draft.mappings[from]);
      expect(isSameDraft(moveMapping(moved, to, from), draft)).toBe(true);
    }),
  );
});

test("beyond the ends nothing moves", () => {
  expect(moveMapping(draft, 0, -1)).toBe(draft);
  expect(moveMapping(draft, 2, 3)).toBe(draft);
});

test("another order, role or default is another draft", () => {
  for (const other of [
    moveMapping(draft, 0, 1),
    assignRole(draft, "a", "viewer"),
    assignRole(draft, "c", null),
    { ...draft, defaultRoleId: "editor" },
  ])
    expect(isSameDraft(draft, other)).toBe(false);
});
