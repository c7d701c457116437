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

/** The accounts, handed in by app.ts: to this module an account is an opaque id. */
export type AccountDirectory = {
  find(tx: Transaction, accountId: string): Promise<KnownAccount | undefined>;
  /** Like `find`, and nobody disables the account before this transaction ends. */
  lock(tx: Transaction, accountId: string): Promise<KnownAccount | undefined>;
  create(
    tx: Transaction,
    account: { tenantId: string; name: string; email: string; roleId: string; cause: Cause },
  ): Promise<{ id: string }>;
};
