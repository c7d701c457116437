import type { Static } from "typebox";
import { listAccountsOf } from "#accounts";
import type { Transaction } from "#tenancy";
import type { Rehire } from "./schemas.ts";
import type { RehireRow } from "./store.ts";

/** What other modules know of accounts, handed in by app.ts. */
export type RehireSurroundings = {
  countHeld(tx: Transaction, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

/** Suggestions with both people's Sub Accounts, and what the former one still holds. */
export const presentRehires = async (
  tx: Transaction,
  surroundings: RehireSurroundings,
  rows: readonly RehireRow[],
): Promise<Static<typeof Rehire>[]> => {
  const accounts = await listAccountsOf(
    tx,
    rows.flatMap(({ formerUserId, returnedUserId }) => [formerUserId, returnedUserId]),
  );
  const of = (person: string) =>
    accounts.filter(({ userId }) => userId === person).map(({ id }) => id);
  const held = await surroundings.countHeld(
    tx,
    rows.flatMap(({ formerUserId }) => of(formerUserId)),
  );
  return rows.map(({ former, returned, ...rehire }) => ({
    id: rehire.id,
    employeeNumber: rehire.employeeNumber,
    state: rehire.state,
    former: {
      name: former.name,
      email: former.email,
      accountId: of(rehire.formerUserId)[0] ?? null,
      leftAt: former.deletedAt === null ? null : new Date(former.deletedAt).toISOString(),
      held: of(rehire.formerUserId).reduce((sum, id) => sum + (held.get(id) ?? 0), 0),
    },
    returned: {
      name: returned.name,
      email: returned.email,
      accountId: of(rehire.returnedUserId)[0] ?? null,
      since: new Date(returned.createdAt).toISOString(),
    },
    suggestedAt: rehire.suggestedAt.toISOString(),
    decidedAt: rehire.decidedAt?.toISOString() ?? null,
    decidedBy: rehire.decidedBy,
  }));
};
