import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection } from "../../../test/support/scim.ts";
import { pruneLog } from "./retention.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
const day = 86_400_000;

beforeAll(async () => {
  muster = await createTestApp();
  admin = muster.as(muster.administrator);
  const entra = await createTestConnection(muster);
  for (let index = 0; index < 5; index += 1) await entra.createUser(`p${index}@contoso.test`);
});
afterAll(() => muster.close());

const total = async () => (await admin.get("/provisioning-log?outcome=created")).body.total;
const prune = (inDays: number) =>
  pruneLog(muster.organisations, muster.administrator.orgId, Date.now() + inDays * day);

test("entries are kept for 180 days, unless an administrator says otherwise", async () => {
  expect((await admin.get("/provisioning-log/retention")).body).toEqual({
    keepDays: 180,
    defaultKeepDays: 180,
  });
  expect(await prune(179)).toBe(0);
  const { status, body } = await admin.put("/provisioning-log/retention", { keepDays: null });
  expect([status, body.keepDays]).toEqual([200, null]);
  expect(await prune(36_000)).toBe(0);
  expect((await admin.put("/provisioning-log/retention", { keepDays: 30 })).status).toBe(200);
  expect(await prune(29)).toBe(0);
  expect(await total()).toBe(5);
});

test("what is older is removed, and what a person or an asset went through stays in the ledger", async () => {
  expect(await prune(31)).toBeGreaterThanOrEqual(5);
  expect(await total()).toBe(0);
  const { body } = await admin.get("/accounts?search=p0@contoso.test");
  const history = await admin.get(`/accounts/${body.items[0].id}/history`);
  expect(history.body.items.length).toBeGreaterThan(0);
});

test.each([0, -1, 1.5, 40_000, "x"])("%j days cannot be chosen", async (keepDays) => {
  expect((await admin.put("/provisioning-log/retention", { keepDays })).status).toBe(400);
});

test("the change is in the ledger", async () => {
  const { body } = await admin.get("/ledger?action=provisioning-log.retention-changed");
  expect(body.items.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
    "Provisioning log entries are kept for 30 days",
    "Provisioning log entries are kept for ever",
  ]);
});

test("somebody limited to some tenants does not decide for all", async () => {
  const limited = await muster.createPersonWhoMay(["provisioning:edit"], {
    scope: { tenantIds: [muster.administrator.tenantId] },
  });
  const answer = await muster.as(limited).put("/provisioning-log/retention", { keepDays: 1 });
  expect(answer.status).toBe(403);
});
