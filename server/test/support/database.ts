import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { openPool, type Database } from "../../src/database/open.ts";
import { createCopy, dropCopy, urlOfCopy } from "./copies.ts";
import { quietLog } from "./log.ts";

/**
 * A fresh migrated database, as `openDatabase` gives it; `close` drops it. One for each test file.
 * @param reach gives the address at which it is reached, where something stands between
 */
export const createTestDatabase = async (
  reach: (url: string) => Promise<string> = async (url) => url,
): Promise<Database> => {
  const { url, template } = inject("postgres");
  const name = `muster_test_${randomBytes(6).toString("hex")}`;
  await createCopy(url, name, template);
  const ownerUrl = await reach(urlOfCopy(url, name));
  const { pool, close } = await openPool(ownerUrl, quietLog);
  return {
    pool,
    ownerUrl,
    isEmbedded: false,
    close: async () => {
      await close();
      await dropCopy(url, name);
    },
  };
};
