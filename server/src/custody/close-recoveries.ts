import type { AccountsMoved } from "#accounts";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { listCustodiesByIds } from "./store/custodies.ts";
import {
  closeRecoveriesOf,
  listRecoveryItems,
  lockOpenRecovery,
  settleRecoveryItem,
} from "./store/recoveries.ts";

/** Closes the recoveries of people who are Active again: what they hold is theirs to hold. */
export const closeRecoveries = async (
  tx: Transaction,
  { accounts, cause, reason }: AccountsMoved,
): Promise<void> => {
  const closed = await closeRecoveriesOf(
    tx,
    accounts.map(({ id }) => id),
    reason,
  );
  record(
    tx,
    cause,
    closed.flatMap(({ id, accountId }) => {
      const account = accounts.find((moved) => moved.id === accountId);
      return account === undefined ? [] : closing(account, id, reason);
    }),
  );
};

type Person = { readonly id: string; readonly name: string; readonly tenantId: string };

/**
 * Settles an item in the open recovery of its holder, where there is one, and closes that with the last of its items.
 * The account is held by the caller.
 */
export const settleInRecovery = async (
  tx: Transaction,
  { person, custodyId, cause }: { person: Person; custodyId: string; cause: Cause },
): Promise<void> => {
  const recovery = await lockOpenRecovery(tx, person.id);
  if (recovery === undefined) return;
  if ((await settleRecoveryItem(tx, recovery.id, custodyId)) > 0) return;
  const items = await listCustodiesByIds(tx, await listRecoveryItems(tx, recovery.id));
  const isAnyLost = items.some(({ outcome }) => outcome === "written-off");
  const because = isAnyLost ? "All items are back or written off" : "All items are back";
  await closeRecoveriesOf(tx, [person.id], because);
  record(tx, cause, [closing(person, recovery.id, because)]);
};

const closing = ({ id, name, tenantId }: Person, recoveryId: string, because: string) => ({
  action: "recovery.closed",
  sentence: `Recovery closed: ${because}`,
  subject: { kind: "account", id, name },
  tenantId,
  after: { recoveryId },
});
