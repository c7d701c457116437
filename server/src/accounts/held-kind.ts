/** What is held of a person, by the weightiest of what the directory wants; the order is that of weight. */
export const heldKinds = [
  "disabled",
  "moved",
  "role-changed",
  "created",
  "enabled",
  "identity-changed",
] as const;

export type HeldKind = (typeof heldKinds)[number];
