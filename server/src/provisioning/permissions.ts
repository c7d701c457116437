import { definePermissions } from "#access";

export const provisioningPermissions = definePermissions("provisioning", "Provisioning", {
  view: "See connections, role assignments and the provisioning log.",
  edit: "Make and change connections, their default access role and role assignment rules.",
  credentials: "Make and revoke the tokens and client secrets of connections.",
});
