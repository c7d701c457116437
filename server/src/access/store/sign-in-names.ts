import { execute, query } from "#database";
import type { OrgId, Transaction } from "#tenancy";
import type { Pool } from "pg";

/** How an e-mail address is compared: nobody remembers in which case they typed it. */
export const foldEmail = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

/**
 * The accounts that an address may sign in to, in every organisation; asked before a transaction can be bound.
 * First made comes first.
 */
export const findSignInNames = (
  pool: Pool,
  email: string,
): Promise<{ orgId: OrgId; accountId: string }[]> =>
  execute(
    pool,
    query
      .selectFrom("signInNames")
      .select(["orgId", "accountId"])
      .where("emailKey", "=", foldEmail(email))
      .orderBy("accountId")
      .$narrowType<{ orgId: OrgId }>(),
  );

/** Makes an address the one and only by which an account signs in. */
export const saveSignInName = async (
  tx: Transaction,
  accountId: string,
  email: string,
): Promise<void> => {
  await tx.run(
    query
      .deleteFrom("signInNames")
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId),
  );
  await tx.run(
    query
      .insertInto("signInNames")
      .values({ orgId: tx.orgId, accountId, emailKey: foldEmail(email) }),
  );
};

/** Lets accounts that sign in do so by their new address; without one, by the old. */
export const changeSignInNames = async (
  tx: Transaction,
  accounts: readonly { readonly id: string; readonly email: string | null }[],
): Promise<void> => {
  for (const { id, email } of accounts)
    if (email !== null)
      await tx.run(
        query
          .updateTable("signInNames")
          .set({ emailKey: foldEmail(email) })
          .where("orgId", "=", tx.orgId)
          .where("accountId", "=", id),
      );
};

const organisations = query
  .selectFrom("signInNames")
  .select("orgId")
  .distinct()
  .orderBy("orgId")
  .$narrowType<{ orgId: OrgId }>();

/**
 * Every organisation: none is made without an administrator who can sign in. Their rows cannot be listed, because
 * row-level security shows a transaction its own.
 */
export const listOrganisationIds = async (from: Pool | Transaction): Promise<OrgId[]> => {
  const rows = "orgId" in from ? await from.run(organisations) : await execute(from, organisations);
  return rows.map(({ orgId }) => orgId);
};

/** Lets one account sign in by the address of another, which no longer does. */
export const moveSignInName = async (tx: Transaction, from: string, to: string): Promise<void> => {
  await tx.run(
    query.deleteFrom("signInNames").where("orgId", "=", tx.orgId).where("accountId", "=", to),
  );
  await tx.run(
    query
      .updateTable("signInNames")
      .set({ accountId: to })
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", from),
  );
};
