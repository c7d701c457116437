import type { Jobs } from "#jobs";
import type { AnyReversal, Irreversible } from "#ledger";
import type { FindRuleAttribute } from "../rule-attribute.ts";
import { localStatus } from "./local-status.ts";
import { roleLock } from "./role-lock.ts";
import { rules } from "./rules.ts";
import { safeguards } from "./safeguards.ts";

/** How the deeds of this module are undone. */
export const accountReversals = (jobs: Jobs, findAttribute: FindRuleAttribute): AnyReversal[] => [
  roleLock,
  localStatus,
  rules(jobs, findAttribute),
  safeguards(jobs),
];

export const accountIrreversible: Irreversible[] = [
  {
    actions: [
      "account.role-changed",
      "account.role-reason-changed",
      "account.drifted",
      "account.identity-changed",
      "lobby.entered",
      "lobby.left",
      "account.held",
      "connection.guard-tripped",
    ],
    why: "It followed from another deed, and goes back with that: undo all of its cause instead.",
    isConsequence: true,
  },
  {
    actions: ["account.role-replaced"],
    why: "The access role was deleted and another took its place. Once it is there again, give it back by hand or by a group mapping.",
  },
  {
    actions: ["account.placed"],
    why: "The person was put into the tenant by hand. Take away the role lock on their page, and the directory decides again.",
  },
  {
    actions: ["account.joined", "account.split"],
    why: "Two histories were put together or taken apart. Do the opposite on the page of the person.",
  },
  {
    actions: ["connection.held-released"],
    why: "What was let go has taken effect as the directory says. Change it there; to hold on to a role, lock it.",
  },
  {
    actions: ["connection.held-discarded", "account.held-discarded"],
    why: "Nothing was changed by it. Choose Discarded on the connection's Safeguards, and let them take effect there.",
  },
];
