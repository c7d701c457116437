import type { Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { setPassword } from "./set-password.ts";
import { findRoleByKey } from "./store/roles.ts";

type NewAdministrator = {
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly cause: Cause;
};

/** Makes an Administrator who can sign in. */
export const insertAdministrator = async (
  tx: Transaction,
  { accounts }: Pick<Access, "accounts">,
  { tenantId, name, email, passwordHash, cause }: NewAdministrator,
): Promise<{ id: string }> => {
  const role = await findRoleByKey(tx, "administrator");
  const { id } = await accounts.create(tx, { tenantId, name, email, roleId: role.id, cause });
  await tx.flush();
  await setPassword(tx, { id, name, email, tenantId }, passwordHash, cause);
  return { id };
};
