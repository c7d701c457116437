import type { Cause } from "#ledger";
import { defineEvent } from "#tenancy";

export type AccountsMoved = {
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly tenantId: string;
  }[];
  readonly cause: Cause;
  /** Why, as a sentence: "Disabled in the directory". */
  readonly reason: string;
};

/** Raised with the account rows locked, in the transaction that disables them. */
export const accountsDisabled = defineEvent<AccountsMoved>("accounts.disabled");

export const accountsEnabled = defineEvent<AccountsMoved>("accounts.enabled");

/** Raised when the directory gives people another e-mail address, in the transaction that notes it. */
export const accountsReaddressed = defineEvent<{
  readonly accounts: readonly { readonly id: string; readonly email: string | null }[];
}>("accounts.readdressed");
