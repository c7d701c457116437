import type { AccountDirectory } from "#access";
import { createLocalAccount } from "./local-accounts.ts";
import { findAccount, lockAccount } from "./store/account.ts";

/** What access may ask about accounts. */
export const accountDirectory: AccountDirectory = {
  find: findAccount,
  lock: lockAccount,
  create: createLocalAccount,
};
