import { setTimeout as sleep } from "node:timers/promises";
import type { Organisations } from "#tenancy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection } from "../../../test/support/scim.ts";
import { createLogger } from "../../logger.ts";
import { createCensusTaker } from "./census.ts";

let muster: TestApp;

beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(async () => {
  await muster.close();
});

/** Lets every transaction wait until it is told to begin. */
const holdBack = (organisations: Organisations) => {
  const held: (() => void)[] = [];
  const counts = { begun: 0, ended: 0 };
  const slow: Organisations = {
    ...organisations,
    within: async (...asked) => {
      counts.begun += 1;
      await new Promise<void>((resolve) => held.push(resolve));
      const result = await organisations.within(...asked);
      counts.ended += 1;
      return result;
    },
  };
  return { slow, counts, begin: () => held.shift()?.() };
};

test("a connection is counted once at a time, and once more for what came meanwhile", async () => {
  const { connectionId } = await createTestConnection(muster, "Entra");
  const { orgId } = muster.administrator;
  const { slow, counts, begin } = holdBack(muster.organisations);
  const census = createCensusTaker(slow, createLogger("silent"));
  // The pause until the next is thirty times what this one takes.
  const patience = { timeout: 60_000 };
  const due = () => census.due(orgId, connectionId);

  due();
  await expect.poll(() => counts.begun).toBe(1);
  for (let count = 0; count < 3; count += 1) {
    due();
    await sleep(2);
  }
  expect(counts).toEqual({ begun: 1, ended: 0 });

  begin();
  await expect.poll(() => counts, patience).toEqual({ begun: 2, ended: 1 });
  begin();
  await expect.poll(() => counts, patience).toEqual({ begun: 2, ended: 2 });
  await census.close();
  due();
  await sleep(600);
  expect(counts.begun).toBe(2);
}, 150_000);
