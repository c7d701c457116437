import { definePermissions } from "#access";

export const provisioningPermissions = definePermissions("provisioning", ["view", "edit"]);
