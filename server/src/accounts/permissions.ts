import { definePermissions } from "#access";

export const accountPermissions = definePermissions("accounts", "Sub Accounts", {
  view: "See people, their status, access role and groups, and what happened to them.",
  create: "Add people by hand.",
  edit: "Disable and enable people who were added by hand.",
  "sign-in": "Make the one-time link by which a person sets a password.",
  lock: "Change and lock a person's access role.",
});
