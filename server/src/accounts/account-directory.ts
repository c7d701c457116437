import type { AccountDirectory } from "#access";
import { createLocalAccount } from "./local-accounts.ts";
import { replaceRole } from "./replace-role.ts";
import { usageOfRole } from "./role-usage.ts";
import { countByRole } from "./store/role-usage.ts";
import { accountsOfSamePerson, findAccount, lockAccount } from "./store/account.ts";

/** What access may ask about accounts. */
export const accountDirectory: AccountDirectory = {
  find: findAccount,
  lock: lockAccount,
  ofSamePerson: accountsOfSamePerson,
  create: createLocalAccount,
  countByRole,
  usageOfRole,
  replaceRole,
};
