import type { Transaction } from "#tenancy";
import { findPassword } from "./store/passwords.ts";

/** Whether an account has a password to sign in with, and when it last did. */
export const findSignIn = async (
  tx: Transaction,
  accountId: string,
): Promise<{ canSignIn: boolean; lastSignInAt: Date | null }> => {
  const password = await findPassword(tx, accountId);
  return { canSignIn: password !== undefined, lastSignInAt: password?.lastSignInAt ?? null };
};
