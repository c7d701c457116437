import type { AccountsMoved } from "#accounts";
import { record } from "#ledger";
import type { Transaction } from "#tenancy";
import { insertRecoveries } from "./store/recoveries.ts";

/**
 * Opens a recovery for whoever of the people just Disabled holds anything. It is about the items held now; they stay in
 * custody until each is returned or written off. The accounts are held by the caller.
 */
export const openRecoveries = async (
  tx: Transaction,
  { accounts, cause, reason }: AccountsMoved,
): Promise<void> => {
  if (accounts.length === 0) return;
  // About everything they hold, whatever whoever disabled them may see of it.
  const opened = await tx.withoutScope(() => insertRecoveries(tx, accounts, reason));
  record(
    tx,
    cause,
    opened.flatMap(({ accountId, recoveryId, items }) => {
      const account = accounts.find(({ id }) => id === accountId);
      if (account === undefined) return [];
      return {
        action: "recovery.opened",
        sentence: `Recovery opened: ${items === 1 ? "1 item" : `${items} items`} to get back`,
        subject: { kind: "account", id: account.id, name: account.name },
        tenantId: account.tenantId,
        after: { recoveryId, items },
      };
    }),
  );
};
