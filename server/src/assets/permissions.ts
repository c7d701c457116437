import { definePermissions } from "#access";

export const assetPermissions = definePermissions("assets", "Assets", {
  view: "See the register: assets, their fields and their history.",
  create: "Register assets.",
  edit: "Change the fields of an asset.",
  administer: "Add models, categories, statuses and locations to choose from.",
});
