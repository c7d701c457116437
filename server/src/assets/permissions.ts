import { definePermissions } from "#access";

export const assetPermissions = definePermissions("assets", ["view", "edit"]);
