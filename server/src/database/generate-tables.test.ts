import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import { describeTables, tablesFile } from "./generate-tables.ts";
import type { Database } from "./open.ts";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it("is run after every new migration (node server/src/database/generate-tables.ts)", async () => {
  expect(await readFile(tablesFile, "utf8")).toBe(await describeTables(database.ownerUrl));
});
