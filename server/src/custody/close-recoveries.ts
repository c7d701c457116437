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

type Person = { readonly id: string; readonly name: string; readonly tenantId: string };

/** Closes the recoveries of people who are Active again: what they hold is theirs to hold. */
export const closeRecoveries = (
  tx: Transaction,
  { accounts, cause, reason }: AccountsMoved,
): Promise<void> => tx.withoutScope(() => endRecoveries(tx, accounts, { because: reason, cause }));

/** Closes the open recoveries of some people, whose accounts are held by the caller. */
export const endRecoveries = async (
  tx: Transaction,
  people: readonly Person[],
  { because, cause }: { because: string; cause: Cause },
): Promise<void> => {
  if (people.length === 0) return;
  const closed = await closeRecoveriesOf(
    tx,
    people.map(({ id }) => id),
    because,
  );
  record(
    tx,
    cause,
    closed.flatMap(({ id, accountId }) => {
      const person = people.find((one) => one.id === accountId);
      return person === undefined ? [] : closing(person, id, because);
    }),
  );
};

/**
 * Settles an item in the open recovery of its holder, where there is one, and closes that with the last of its items.
 * The account is held by the caller.
 */
export const settleInRecovery = async (
  tx: Transaction,
  { person, custodyId, cause }: { person: Person; custodyId: string; cause: Cause },
): Promise<void> => {
  // Whether it is over depends on items that whoever took this one back may not see.
  await tx.withoutScope(async () => {
    const recovery = await lockOpenRecovery(tx, person.id);
    if (recovery === undefined) return;
    if ((await settleRecoveryItem(tx, recovery.id, custodyId)) > 0) return;
    const items = await listCustodiesByIds(tx, await listRecoveryItems(tx, recovery.id));
    const isAnyLost = items.some(({ outcome }) => outcome === "written-off");
    const because = isAnyLost ? "All items are back or written off" : "All items are back";
    await closeRecoveriesOf(tx, [person.id], because);
    record(tx, cause, [closing(person, recovery.id, because)]);
  });
};

const closing = ({ id, name, tenantId }: Person, recoveryId: string, because: string) => ({
  action: "recovery.closed",
  sentence: `Recovery closed: ${because}`,
  subject: { kind: "account", id, name },
  tenantId,
  after: { recoveryId },
});
