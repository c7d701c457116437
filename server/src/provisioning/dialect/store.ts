import { query } from "#database";
import type { Transaction } from "#tenancy";
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
  return row && { switched: row.switched, version: row.dialectVersion };
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
