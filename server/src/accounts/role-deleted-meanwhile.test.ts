import { query } from "#database";
import type { Transaction } from "#tenancy";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { testCause } from "../../test/support/register.ts";
import { createTestConnection } from "../../test/support/scim.ts";
import { unlockRole } from "./lock-role.ts";

/*
 * No account has a key to its role (docs/decisions/0011-hot-rows.md), so that whoever decides and whoever deletes must
 * wait for each other.
 */

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
const roles: Record<string, string> = {};

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster);
  for (const role of (await admin().get("/roles")).body.items) roles[role.key] = role.id;
});
afterAll(() => muster.close());

const admin = () => muster.as(muster.administrator);
const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  muster.organisations.within(muster.administrator.orgId, work);

const isDecided = async (id: string) =>
  (await admin().get(`/role-applications/${id}`)).body.state === "done";

/** Accounts whose role is not there. */
const lost = () =>
  within((tx) =>
    tx.run(
      query
        .selectFrom("accounts as a")
        .leftJoin("roles as r", "r.id", "a.roleId")
        .select(["a.name", "a.roleId"])
        .where("a.orgId", "=", tx.orgId)
        .where("r.id", "is", null),
    ),
  );

/** How many statements wait for a row that another transaction holds. */
const waiting = async () => {
  const { rows } = await within((tx) =>
    tx.executeSql(
      "select from pg_locks where not granted and locktype in ('transactionid', 'tuple')",
    ),
  );
  return rows.length;
};

/** Holds an account as a check-out does, while the work goes on. */
const holding = async (accountId: string, work: () => Promise<unknown>) =>
  within(async (tx) => {
    await tx.executeSql("select from accounts where id = $1 for update", [accountId]);
    await work();
  });

test("a role that a mapping edit is just giving in the background is not lost when another takes its place", async () => {
  const userId = await entra.createUser("ana@contoso.test");
  const groupId = await entra.createGroup("Finance", [userId]);
  const draft = { name: "Clerk", description: "", permissions: ["assets:view"] };
  const { body: clerk } = await admin().post("/roles", draft);
  const { body: accounts } = await admin().get("/accounts?search=ana");
  const accountId = accounts.items[0].id as string;

  let removal: ReturnType<ReturnType<typeof admin>["delete"]> | undefined;
  let application = "";
  await holding(accountId, async () => {
    const { status, body } = await admin().put(
      `/connections/${entra.connectionId}/group-mappings`,
      { mappings: [{ groupId, roleId: clerk.id }] },
    );
    expect(status, JSON.stringify(body)).toBe(200);
    application = body.application.id;
    // The step has read the rules, and waits for the account.
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
    removal = admin().delete(`/roles/${clerk.id}?replaceBy=${roles["viewer"]}`);
    await Promise.race([removal, sleep(1000)]);
  });
  const { status, body } = (await removal)!;
  expect(status, JSON.stringify(body)).toBe(204);
  await expect.poll(() => isDecided(application), { timeout: 10_000 }).toBe(true);
  expect(await lost()).toEqual([]);
  const account = (await admin().get(`/accounts/${accountId}`)).body;
  expect(account.role.id).toBe(roles["viewer"]);
});

test("a role that a rule gives to somebody who is being unlocked is not lost when another takes its place", async () => {
  const draft = { name: "Counsel", description: "", permissions: ["assets:view"] };
  const { id } = (await admin().post("/roles", draft)).body;
  await entra.createUser("bo@contoso.test");
  const accountId = (await admin().get("/accounts?search=bo@")).body.items[0].id as string;
  await admin().put(`/accounts/${accountId}/lock`, { roleId: roles["viewer"] });
  // Nobody has the role yet: a rule that gives it has just been saved.
  await within((tx) =>
    tx.executeSql("update default_roles set role_id = $1 where connection_id = $2", [
      id,
      entra.connectionId,
    ]),
  );

  let removal: ReturnType<ReturnType<typeof admin>["delete"]> | undefined;
  await within(async (tx) => {
    await unlockRole(tx, accountId, testCause);
    await tx.flush();
    removal = admin().delete(`/roles/${id}?replaceBy=${roles["editor"]}`);
    expect(await Promise.race([removal, sleep(500)])).toBeUndefined();
  });
  expect((await removal)?.status).toBe(204);
  expect(await lost()).toEqual([]);
  expect((await admin().get(`/accounts/${accountId}`)).body.role.name).toBe("Editor");
});
