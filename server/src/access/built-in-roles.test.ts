import { expect, test } from "vitest";
import { losesAccess, permissionsOf, type RoleKey } from "./built-in-roles.ts";
import type { Permission } from "./permissions.ts";

const all: Permission[] = [
  "accounts:view",
  "accounts:create",
  "accounts:edit",
  "accounts:sign-in",
  "accounts:lock",
  "provisioning:view",
  "provisioning:edit",
  "provisioning:credentials",
  "assets:view",
  "assets:create",
  "assets:edit",
  "assets:administer",
  "custody:view",
  "custody:check-out",
  "custody:check-in",
  "ledger:view",
  "roles:view",
  "roles:administer",
];

const grants: Record<RoleKey, Permission[]> = {
  administrator: all,
  editor: [
    "accounts:view",
    "assets:view",
    "assets:create",
    "assets:edit",
    "assets:administer",
    "custody:view",
    "custody:check-out",
    "custody:check-in",
  ],
  viewer: ["accounts:view", "assets:view", "custody:view"],
  loanee: [],
};

test.each(Object.entries(grants))("%s may do what it says, and no more", (key, expected) => {
  expect([...permissionsOf({ key, permissions: null }, all)]).toEqual(expected);
});

test("a custom role may do what its row says", () => {
  const role = { key: null, permissions: ["ledger:view"] };
  expect([...permissionsOf(role, all)]).toEqual(["ledger:view"]);
});

const nowhere = { tenantIds: null, locationIds: null, categoryIds: null };
const builtIn = (key: RoleKey) => ({ key, permissions: null, ...nowhere });
const custom = (
  permissions: string[],
  limits: Partial<Record<keyof typeof nowhere, string[]>> = {},
) => ({
  key: null,
  permissions,
  ...nowhere,
  ...limits,
});
const both = ["assets:view", "assets:edit"];

test.each([
  ["to a lower built-in one", builtIn("editor"), builtIn("viewer"), true],
  ["to a higher built-in one", builtIn("viewer"), builtIn("editor"), false],
  ["to Administrator", custom(both), builtIn("administrator"), false],
  ["from nothing at all", builtIn("loanee"), custom([]), false],
  ["to fewer permissions", custom(both), custom(["assets:view"]), true],
  ["to more permissions", custom(["assets:view"]), custom(both), false],
  ["to the same in one tenant only", custom(both), custom(both, { tenantIds: ["a"] }), true],
  ["to the same in one location only", custom(both), custom(both, { locationIds: ["a"] }), true],
  ["to the same in one category only", custom(both), custom(both, { categoryIds: ["a"] }), true],
  [
    "to fewer tenants",
    custom(both, { tenantIds: ["a", "b"] }),
    custom(both, { tenantIds: ["a"] }),
    true,
  ],
  [
    "to other tenants",
    custom(both, { tenantIds: ["a"] }),
    custom(both, { tenantIds: ["b"] }),
    true,
  ],
  [
    "to more tenants",
    custom(both, { tenantIds: ["a"] }),
    custom(both, { tenantIds: ["a", "b"] }),
    false,
  ],
  ["to all tenants", custom(both, { tenantIds: ["a"] }), custom(both), false],
  ["of nothing, to narrower limits", custom([]), custom([], { tenantIds: ["a"] }), false],
] as const)("whoever goes %s loses access, or not", (_what, from, to, expected) => {
  expect(losesAccess(from, to)).toBe(expected);
});
