import type { Scope } from "#tenancy";
import type { Permission } from "./permissions.ts";
import { isWithin } from "./role-scope.ts";

/** The access roles that every organisation has, and what each may do of all that modules declare. */
export const builtInRoles = [
  {
    key: "administrator",
    name: "Administrator",
    description: "Everything: assets, people, provisioning and settings.",
    grants: () => true,
  },
  {
    key: "editor",
    name: "Editor",
    description: "Registers assets, hands them out and takes them back. Sees people.",
    grants: (permission) => /^(assets|custody):/.test(permission) || permission === "accounts:view",
  },
  {
    key: "viewer",
    name: "Viewer",
    description: "Sees assets, who holds them, and people. Changes nothing.",
    grants: (permission) => /^(assets|custody|accounts):view$/.test(permission),
  },
  {
    key: "loanee",
    name: "Loanee",
    description: "Sees the items they hold themselves.",
    grants: () => false,
  },
] as const satisfies readonly {
  key: string;
  name: string;
  description: string;
  grants: (permission: Permission) => boolean;
}[];

export type RoleKey = (typeof builtInRoles)[number]["key"];

/** What a role may do: a built-in one as declared above, a custom one as its row says. */
export const permissionsOf = (
  role: { readonly key: string | null; readonly permissions: readonly string[] | null },
  all: readonly Permission[],
): ReadonlySet<string> => {
  const builtIn = builtInRoles.find(({ key }) => key === role.key);
  return new Set(builtIn === undefined ? role.permissions : all.filter(builtIn.grants));
};

type Granting = Scope & {
  readonly key: string | null;
  readonly permissions: readonly string[] | null;
};

/**
 * Whether whoever goes from one role to the other may do less than before: fewer things, or in fewer tenants, locations
 * or categories. Where that cannot be told, they may.
 */
export const losesAccess = (from: Granting, to: Granting): boolean => {
  const [fromRank, toRank] = [rankOf(from), rankOf(to)];
  if (toRank === 0 || fromRank === builtInRoles.length - 1) return false;
  if (fromRank !== -1) return toRank === -1 || toRank > fromRank;
  const own = (from.permissions ?? []) as Permission[];
  const kept = permissionsOf(to, own);
  return own.some((permission) => !kept.has(permission)) || (own.length > 0 && !isWithin(from, to));
};

/** 0 for the one that may most; -1 for a custom role. */
const rankOf = ({ key }: Granting): number => builtInRoles.findIndex((role) => role.key === key);
