import type { Irreversible } from "#ledger";

export const rehireIrreversible: Irreversible[] = [
  {
    actions: ["user.rehired", "user.split", "user.kept-apart"],
    why: "Who is the same person is decided on the page Returned people; decide it otherwise there.",
  },
];
