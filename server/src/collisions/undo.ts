import type { Irreversible } from "#ledger";

export const collisionIrreversible: Irreversible[] = [
  {
    actions: ["user.collision-confirmed"],
    why: "Who is the same person is decided on the page Already here; take the two apart there.",
  },
];
