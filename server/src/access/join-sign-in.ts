import type { Transaction } from "#tenancy";
import { endSessions } from "./end-sessions.ts";
import { movePassword, movePasswordBack } from "./store/passwords.ts";
import { moveSignInName } from "./store/sign-in-names.ts";
import { moveSessions } from "./store/sessions.ts";
import { deleteSignInLinks } from "./store/sign-in-links.ts";

type Join = { readonly joinId: string; readonly localId: string; readonly accountId: string };

/**
 * Somebody made by hand goes on as another account: they stay signed in, and sign in as before unless that account has a
 * password of its own.
 */
export const joinSignIn = async (
  tx: Transaction,
  { joinId, localId, accountId }: Join,
): Promise<void> => {
  deleteSignInLinks(tx, [localId]);
  await moveSessions(tx, localId, accountId);
  if (await movePassword(tx, { joinId, from: localId, to: accountId }))
    await moveSignInName(tx, localId, accountId);
};

/** They are two people after all: the password goes back, and nobody stays signed in as the other. */
export const splitSignIn = async (
  tx: Transaction,
  { joinId, localId, accountId }: Join,
): Promise<void> => {
  endSessions(tx, [accountId]);
  if (await movePasswordBack(tx, joinId)) await moveSignInName(tx, accountId, localId);
};
