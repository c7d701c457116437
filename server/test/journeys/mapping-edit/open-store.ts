import { Client } from "pg";
import { joinDatabase } from "../../../src/database/open.ts";
import { quietLog } from "../../support/log.ts";

/** The database of a running Muster as its owner, who sees all rows; closed when `work` has ended. */
export const withStore = async (
  dataFolder: string,
  work: (store: Client, ownerUrl: string) => Promise<void>,
): Promise<void> => {
  const database = await joinDatabase({ dataFolder, databaseUrl: undefined, log: quietLog });
  const store = new Client({ connectionString: database.ownerUrl });
  await store.connect();
  try {
    await work(store, database.ownerUrl);
  } finally {
    await store.end();
    await database.close();
  }
};
