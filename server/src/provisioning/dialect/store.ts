import { query } from "#database";
import type { Transaction } from "#tenancy";
import { listDefinitions } from "../attributes/store.ts";
import type { Settled } from "./dialect.ts";

/** What was settled for a connection, and its version. */
export const findSettled = async (
  tx: Transaction,
  connectionId: string,
): Promise<(Settled & { readonly version: number }) | undefined> => {
  const row = await tx.first(
    query
      .selectFrom("connections")
      .select(["switched", "dialectVersion"])
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId),
  );
  if (row === undefined) return undefined;
  const definitions = await listDefinitions(tx, connectionId);
  return { switched: row.switched, definitions, version: row.dialectVersion };
};

export const saveSwitched = (
  tx: Transaction,
  connectionId: string,
  switched: readonly string[],
): void => {
  tx.defer(
    query
      .updateTable("connections")
      .set((eb) => ({
        switched: [...switched],
        dialectVersion: eb("dialectVersion", "+", 1),
      }))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId),
  );
};

/** After a change of the definitions. */
export const countDialectUp = (tx: Transaction, connectionId: string): void => {
  tx.defer(
    query
      .updateTable("connections")
      .set((eb) => ({ dialectVersion: eb("dialectVersion", "+", 1) }))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId),
  );
};
