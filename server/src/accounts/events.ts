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

type JoinedAccount = AccountsMoved["accounts"][number] & {
  readonly status: "active" | "disabled";
};

export type AccountsJoined = {
  readonly joinId: string;
  readonly pairs: readonly { readonly former: JoinedAccount; readonly current: JoinedAccount }[];
  readonly cause: Cause;
};

/** Raised when two accounts turn out to be one person's: what was the former's is the current one's. Both are held. */
export const accountsJoined = defineEvent<AccountsJoined>("accounts.joined");

/** Raised when a join turns out to be wrong: each gets back what it brought along. Both accounts are held. */
export const accountsSplit = defineEvent<AccountsJoined>("accounts.split");

type LocalJoin = {
  readonly joinId: string;
  readonly localId: string;
  readonly accountId: string;
};

/** Raised when somebody made by hand goes on as an account of the directory's; both are held. */
export const localJoined = defineEvent<LocalJoin>("accounts.local-joined");

/** Raised when that turns out to be wrong. */
export const localSplit = defineEvent<LocalJoin>("accounts.local-split");

/** Raised when somebody was made by hand, in the transaction that did. */
export const madeByHand = defineEvent<{ readonly accountId: string }>("accounts.made-by-hand");

/** Raised when the directory gives people another e-mail address, in the transaction that notes it. */
export const accountsReaddressed = defineEvent<{
  readonly accounts: readonly { readonly id: string; readonly email: string | null }[];
}>("accounts.readdressed");
