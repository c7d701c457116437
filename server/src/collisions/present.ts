import type { Static } from "typebox";
import { listAccountsOf } from "#accounts";
import type { Transaction } from "#tenancy";
import type { Collision } from "./schemas.ts";
import type { CollisionRow } from "./store.ts";

/** What other modules know of accounts, handed in by app.ts. */
export type CollisionSurroundings = {
  countHeld(tx: Transaction, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

/** Both people with their Sub Accounts, and what the one made by hand holds. */
export const presentCollisions = async (
  tx: Transaction,
  surroundings: CollisionSurroundings,
  rows: readonly CollisionRow[],
): Promise<Static<typeof Collision>[]> => {
  const accounts = await listAccountsOf(
    tx,
    rows.map(({ userId }) => userId),
  );
  const held = await surroundings.countHeld(
    tx,
    rows.map(({ localAccountId }) => localAccountId),
  );
  return rows.map(({ local, person, ...row }) => ({
    id: row.id,
    state: row.state,
    score: row.score,
    reasons: row.reasons,
    local: {
      name: local.name,
      email: local.email,
      accountId: row.localAccountId,
      held: held.get(row.localAccountId) ?? 0,
    },
    person: {
      name: person.name,
      email: person.email,
      accountId: accounts.find(({ userId }) => userId === row.userId)?.id ?? null,
    },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
  }));
};
