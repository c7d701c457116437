import type { AccountWrite } from "./store/accounts.ts";

/** Why somebody is Disabled, in the words of the ledger. */
export const disabledBecause: Record<AccountWrite["statusReason"], string> = {
  directory: "Disabled in the directory",
  deleted: "Deleted from the directory",
  moved: "No rule leads to this tenant any more",
  administrator: "Disabled by an administrator",
  joined: "Goes on as the Sub Account that the directory sent",
  archived: "The tenant was archived",
};
