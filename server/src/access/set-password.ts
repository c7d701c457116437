import { conflict } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { KnownAccount } from "./account-directory.ts";
import { deleteDevices } from "./store/known-devices.ts";
import { savePasswordHash } from "./store/passwords.ts";
import { saveSignInName } from "./store/sign-in-names.ts";

/**
 * Gives an account a password and the address to sign in with.
 * @throws HttpError 409 for an account without an e-mail address
 */
export const setPassword = async (
  tx: Transaction,
  account: Pick<KnownAccount, "id" | "name" | "email" | "tenantId">,
  passwordHash: string,
  cause: Cause,
): Promise<void> => {
  await savePasswordHash(tx, account.id, passwordHash);
  await deleteDevices(tx, account.id);
  await saveSignInName(tx, account.id, requireEmail(account));
  record(tx, cause, [
    {
      action: "account.password-set",
      sentence: "Password set",
      subject: { kind: "account", id: account.id, name: account.name },
      tenantId: account.tenantId,
    },
  ]);
};

/** @throws HttpError 409 */
export const requireEmail = ({ name, email }: Pick<KnownAccount, "name" | "email">): string => {
  if (email !== null) return email;
  throw conflict(
    `${name} has no e-mail address`,
    "Signing in needs one. Let the directory send it, or add it by hand.",
  );
};
