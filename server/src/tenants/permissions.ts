import { definePermissions } from "#access";

export const tenantPermissions = definePermissions("tenants", "Tenants", {
  view: "See the tenants and how many people and assets each has.",
  edit: "Make, rename, archive and restore tenants, at the super tenant.",
});
