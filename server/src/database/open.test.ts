import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import type { Database } from "./open.ts";

describe("a test database", () => {
  let database: Database;
  beforeAll(async () => {
    console.time("create");
    database = await createTestDatabase();
    console.timeEnd("create");
  });
  afterAll(async () => {
    console.time("close");
    await database.close();
    console.timeEnd("close");
  });

  it("is migrated and shows an unbound connection nothing", async () => {
    const { rows } = await database.pool.query("select current_user, (select count(*) from organisations)");
    expect(rows).toEqual([{ current_user: "muster_app", count: "0" }]);
  });
});
