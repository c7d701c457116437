import type { Transaction } from "#tenancy";
import { newSecretOf } from "./secret.ts";
import { absoluteLifetime, idleLifetime } from "./session-lifetime.ts";
import { touchPassword } from "./store/passwords.ts";
import { deleteExpiredSessions, insertSession } from "./store/sessions.ts";

const longestUserAgent = 300;

/**
 * Starts a session of an account that has been locked and is Active.
 * @returns the secret for the cookie, which is kept nowhere
 */
export const startSession = async (
  tx: Transaction,
  accountId: string,
  userAgent: string | undefined,
): Promise<string> => {
  const { text, hash } = newSecretOf(tx.orgId);
  deleteExpiredSessions(tx, accountId, new Date(tx.now.getTime() - idleLifetime));
  touchPassword(tx, accountId);
  await insertSession(tx, {
    hash,
    accountId,
    expiresAt: new Date(tx.now.getTime() + absoluteLifetime),
    userAgent: userAgent?.slice(0, longestUserAgent) ?? null,
  });
  return text;
};
