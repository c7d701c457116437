import { describe, expect, test } from "vitest";
import { idsIn, toDifference } from "./difference.ts";

const role = "0198f7a0-0000-7000-8000-000000000001";
const names = new Map([
  [role, "Editor"],
  ["assets:view", "Assets: View"],
  ["assets:check-out", "Assets: Check out"],
]);

describe("a difference", () => {
  test.each([
    ["a value that changed", { name: "Ana" }, { name: "Ana Ito" }, [["Name", "Ana", "Ana Ito"]]],
    ["what is as it was is left out", { a: 1, b: 2 }, { a: 1, b: 3 }, [["B", "2", "3"]]],
    ["ids by their names", { roleId: null }, { roleId: role }, [["Role", null, "Editor"]]],
    [
      "camel case as words",
      null,
      { purchasedOn: "2026-01-02" },
      [["Purchased on", null, "2026-01-02"]],
    ],
    [
      "inner values with their place",
      null,
      { mappings: [{ roleId: role }] },
      [["Mappings · 1 · role", null, "Editor"]],
    ],
    [
      "of a list, what has gone and what has come",
      { values: ["Sales", "Legal"], permissions: ["assets:view", "ledger:view"] },
      { values: ["Legal", "Finance", "Law"], permissions: ["assets:view", "assets:check-out"] },
      [
        ["Values", "Sales", "Finance, Law"],
        ["Permissions", "ledger:view", "Assets: Check out"],
      ],
    ],
    ["the order of a list is nothing to tell", { values: ["a", "b"] }, { values: ["b", "a"] }, []],
    [
      "rules in another order by their places, for the first that takes somebody counts",
      { mappings: [{ groupId: "Staff" }, { groupId: "IT" }] },
      { mappings: [{ groupId: "IT" }, { groupId: "Staff" }] },
      [
        ["Mappings · 1 · group", "Staff", "IT"],
        ["Mappings · 2 · group", "IT", "Staff"],
      ],
    ],
    [
      "keys by what they are called",
      { permissions: {} },
      { permissions: { "assets:view": "allowed" } },
      [["Permissions · Assets: View", null, "allowed"]],
    ],
    [
      "an id without a name is left out",
      {},
      {
        items: 3,
        recoveryId: "0198f7a0-0000-7000-8000-000000000002",
        roleIds: [role],
        categoryIds: ["x"],
      },
      [
        ["Items", null, "3"],
        ["Roles", null, "Editor"],
        ["Categories", null, "x"],
      ],
    ],
    ["true and false", { active: true }, { active: false }, [["Active", "true", "false"]]],
    ["nothing", null, null, []],
  ])("%s", (_what, before, after, rows) => {
    expect(
      toDifference(before, after, names).map((one) => [one.label, one.before, one.after]),
    ).toEqual(rows);
  });

  test("knows which ids it speaks of", () => {
    expect(idsIn({ roleId: role, name: "x" }, { mappings: [{ roleId: role }] })).toEqual([role]);
  });

  test("is cut where it would be endless", () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]),
    );
    expect(toDifference(null, many, names)).toHaveLength(500);
  });
});
