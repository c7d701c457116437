import { expect, test } from "vitest";
import { permissionsOf, type RoleKey } from "./built-in-roles.ts";
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
