import type { RoleUsage } from "#access";
import type { Transaction } from "#tenancy";
import { findRoleHolders, type RoleHolders } from "./store/role-usage.ts";

/** What holds on to an access role, in numbers and as a sentence. */
export const usageOfRole = async (tx: Transaction, roleId: string): Promise<RoleUsage> => {
  const holders = await findRoleHolders(tx, roleId);
  const { accounts, hidden, locks, mappings, defaults } = holders;
  return {
    accounts,
    locks,
    mappings,
    defaults,
    total: accounts + hidden + locks + mappings + defaults,
    sentence: describeHolders(holders),
  };
};

const describeHolders = (holders: RoleHolders): string => {
  const { accounts, hidden, locks, mappings, defaults } = holders;
  const parts = [
    accounts > 0 &&
      `${counted(accounts, "Sub Account has it", "Sub Accounts have it")} (${listed(holders.accountNames, accounts)})`,
    mappings > 0 &&
      `${counted(mappings, "rule gives it", "rules give it")} (${listed(holders.ruleNames, mappings)})`,
    defaults > 0 &&
      `it is the default access role of ${counted(defaults, "connection", "connections")}`,
    locks > 0 && `${counted(locks, "role lock keeps", "role locks keep")} people in it`,
    hidden > 0 &&
      `the directory would give it to ${counted(hidden, "locked Sub Account", "locked Sub Accounts")}`,
  ].filter((part) => part !== false);
  const text = parts.join("; ") || "nobody has it and nothing gives it";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const listed = (names: readonly string[], total: number): string =>
  `${names.join(", ")}${total > names.length ? " and others" : ""}`;
