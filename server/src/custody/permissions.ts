import { definePermissions } from "#access";

export const custodyPermissions = definePermissions("custody", "Custody", {
  view: "See who holds what, and the recoveries of people who left.",
  "check-out": "Hand assets out.",
  "check-in": "Take assets back, or write them off.",
});
