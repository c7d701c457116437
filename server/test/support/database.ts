import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { openPool, type Database } from "../../src/database/open.ts";
import { createCopy, dropCopy, urlOfCopy } from "./copies.ts";
import { quietLog } from "./log.ts";

/** A fresh migrated database, as `openDatabase` gives it; `close` drops it. One for each test file. */
export const createTestDatabase = async (): Promise<Database> => {
  const { url, template } = inject("postgres");
  const name = `muster_test_${randomBytes(6).toString("hex")}`;
  await createCopy(url, name, template);
  const ownerUrl = urlOfCopy(url, name);
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
