import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#database";
import { createTestDatabase } from "../../test/support/database.ts";
import { quietLog } from "../../test/support/log.ts";
import { createJobs } from "./jobs.ts";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("many nodes start at once on an empty database", async () => {
  const nodes = Array.from({ length: 8 }, () => createJobs(database, quietLog));

  const started = await Promise.allSettled(nodes.map((node) => node.start()));
  await Promise.all(nodes.map((node) => node.stop()));

  expect(started.filter(({ status }) => status === "rejected")).toEqual([]);
});
