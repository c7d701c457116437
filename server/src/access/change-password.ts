import { invalid, unauthorized } from "#http";
import type { Access } from "./access.ts";
import { hashPassword, requireGoodPassword, verifyPassword } from "./password.ts";
import { administratorCause, type Session } from "./session.ts";
import { requireEmail, setPassword } from "./set-password.ts";
import { limited, limitsOfAccount } from "./sign-in-limits.ts";
import { findPassword } from "./store/passwords.ts";
import { deleteSessions } from "./store/sessions.ts";

type Change = { readonly current: string; readonly next: string };

/**
 * Changes one's own password and ends one's other sessions.
 * @throws HttpError 400 when the present one is wrong or the next one no good, 429
 */
export const changePassword = async (
  { organisations, accounts, pool }: Access,
  session: Session,
  { current, next }: Change,
): Promise<void> => {
  const { orgId, accountId } = session;
  const [account, password] = await organisations.within(orgId, async (tx) => [
    await accounts.find(tx, accountId),
    await findPassword(tx, accountId),
  ]);
  if (account === undefined) throw unauthorized("You are not signed in", "Sign in again.");
  const email = requireEmail(account);
  requireGoodPassword(next, email, "next");
  const isRight = await limited(pool, limitsOfAccount(accountId), async () =>
    (await verifyPassword(password?.hash, current)) ? true : undefined,
  );
  if (!isRight)
    throw invalid("The current password is wrong", "Type the password that you signed in with.", [
      { path: "current", message: "is wrong" },
    ]);
  const nextHash = await hashPassword(next);
  await organisations.within(orgId, async (tx) => {
    await accounts.lock(tx, accountId);
    const cause = administratorCause(session, `${session.accountName} changed the password`);
    await setPassword(tx, account, nextHash, cause);
    deleteSessions(tx, [accountId], session.sessionHash);
  });
};
