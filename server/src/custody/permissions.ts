import { definePermissions } from "#access";

export const custodyPermissions = definePermissions("custody", ["view", "edit"]);
