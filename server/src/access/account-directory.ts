import type { Cause } from "#ledger";
import type { Transaction } from "#tenancy";

/** What access knows of an account: enough to let somebody in. */
export type KnownAccount = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: string;
  readonly roleId: string;
  readonly tenantId: string;
};

/** What holds on to an access role. */
export type RoleUsage = {
  readonly accounts: number;
  readonly locks: number;
  readonly mappings: number;
  readonly defaults: number;
  /** Of all of them. */
  readonly total: number;
  /** Who and what it is: "3 Sub Accounts have it (Ana Ito, …)." */
  readonly sentence: string;
};

type NamedRole = { readonly id: string; readonly name: string };

/** The accounts, handed in by app.ts: to this module an account is an opaque id. */
export type AccountDirectory = {
  find(tx: Transaction, accountId: string): Promise<KnownAccount | undefined>;
  /** Like `find`, and nobody disables the account before this transaction ends. */
  lock(tx: Transaction, accountId: string): Promise<KnownAccount | undefined>;
  /** The accounts of the same person, this one too: one in each tenant they are in. */
  ofSamePerson(tx: Transaction, accountId: string): Promise<KnownAccount[]>;
  create(
    tx: Transaction,
    account: { tenantId: string; name: string; email: string; roleId: string; cause: Cause },
  ): Promise<{ id: string }>;
  /** How many accounts have each role. */
  countByRole(tx: Transaction): Promise<ReadonlyMap<string, number>>;
  usageOfRole(tx: Transaction, roleId: string): Promise<RoleUsage>;
  /** Puts a role in place of another wherever it is given or had. */
  replaceRole(
    tx: Transaction,
    replacement: { from: NamedRole; to: NamedRole; cause: Cause },
  ): Promise<void>;
};
