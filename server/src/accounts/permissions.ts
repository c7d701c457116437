import { definePermissions } from "#access";

export const accountPermissions = definePermissions("accounts", ["view", "edit", "lock"]);
