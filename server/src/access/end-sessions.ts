import type { Transaction } from "#tenancy";
import { deleteSessions } from "./store/sessions.ts";
import { deleteSignInLinks } from "./store/sign-in-links.ts";

/** Shuts some accounts out, in the transaction that disables them: no session and no sign-in link outlives it. */
export const endSessions = (tx: Transaction, accountIds: readonly string[]): void => {
  deleteSessions(tx, accountIds);
  deleteSignInLinks(tx, accountIds);
};
