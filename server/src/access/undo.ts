import type { Irreversible } from "#ledger";

export const accessIrreversible: Irreversible[] = [
  {
    actions: ["account.password-set", "account.sign-in-link-made"],
    why: "A secret that was given out cannot be taken back by undoing. Make a new sign-in link, which makes the old one worthless.",
  },
  { actions: ["organisation.created"], why: "The organisation stays." },
];
