import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#tenancy";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { explain } from "../../test/support/explain.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";
import { expireLocks } from "./expire-locks.ts";
import { selectAccounts } from "./store/list.ts";

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
const roles: Record<string, string> = {};
const accounts: Record<string, string> = {};
const admin = () => muster.as(muster.administrator);
const orgId = () => muster.administrator.orgId;

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster);
  for (const role of (await admin().get("/roles")).body.items) roles[role.key] = role.id;
  for (const name of ["ana", "ben", "cleo", "dora"]) {
    await entra.createUser(`${name}@contoso.test`);
    accounts[name] = (await admin().get(`/accounts?search=${name}@`)).body.items[0].id;
  }
});
afterAll(() => muster.close());

const day = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();
const lock = (name: string, body: object) => admin().put(`/accounts/${accounts[name]}/lock`, body);
const account = async (name: string): Promise<Loose> =>
  (await admin().get(`/accounts/${accounts[name]}`)).body;
const listed = async (query: string): Promise<string[]> =>
  (await admin().get(`/accounts?${query}`)).body.items.map((row: Loose) => row.name);

/** As if that much time had gone by. */
const passTime = (days: number) =>
  muster.organisations.within(orgId(), (tx) =>
    tx.executeSql(
      "update role_locks set expires_at = expires_at - make_interval(days => $1) where org_id = $2",
      [days, orgId()],
    ),
  );

describe("a lock with an end", () => {
  test("is told with its end, and drifts like any other", async () => {
    const { status, body } = await lock("ana", {
      roleId: roles["editor"],
      reason: "Covers for Ben",
      expiresAt: inDays(30),
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      origin: "lock",
      drift: { name: "Loanee" },
      lock: { reason: "Covers for Ben", by: "Dana Reyes", endsSoon: false },
    });
    expect(body.lockEndsAt).toBe(body.lock.expiresAt);
    expect(await listed("lock=drifted")).toEqual(["ana"]);
    expect(await listed("lock=ending")).toEqual([]);
    const { items } = (await admin().get(`/accounts/${accounts["ana"]}/history`)).body;
    expect(items.map((entry: Loose) => entry.sentence).join("\n")).toMatch(
      /Role locked to Editor until \d{4}-\d\d-\d\d: Covers for Ben/,
    );
  });

  test("notice is given a week before", async () => {
    await passTime(24);
    expect((await account("ana")).lock.endsSoon).toBe(true);
    expect(await listed("lock=ending")).toEqual(["ana"]);
    expect((await admin().get("/overview")).body.accounts).toMatchObject({ drifted: 1, ending: 1 });
    expect(await expireLocks(muster.organisations, orgId())).toBe(0);
  });

  test("ends by itself, also when nothing ran at that time, and says why", async () => {
    await passTime(24);
    expect(await expireLocks(muster.organisations, orgId())).toBe(1);
    expect(await account("ana")).toMatchObject({
      role: { name: "Loanee" },
      origin: "default",
      lock: null,
      drift: null,
      lockEndsAt: null,
    });
    const { items } = (await admin().get(`/accounts/${accounts["ana"]}/history`)).body;
    expect(
      items
        .slice(0, 2)
        .map((entry: Loose) => entry.sentence)
        .toSorted(),
    ).toEqual([
      "Role changed from Editor to Loanee, the default access role",
      "Role lock removed; the directory decides again",
    ]);
    expect(items[0].cause.sentence).toBe("The role lock by Dana Reyes ended as planned");
    expect(await listed("lock=drifted")).toEqual([]);
  });

  test("ends once, however many nodes look", async () => {
    for (const name of ["ana", "ben", "cleo"])
      await lock(name, { roleId: roles["editor"], expiresAt: inDays(1) });
    await passTime(2);
    const ended = await Promise.all(
      [1, 2, 3].map(() => expireLocks(muster.organisations, orgId())),
    );
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(await listed("origin=lock")).toEqual([]);
    expect(await listed("origin=hand")).toEqual(["Dana Reyes"]);
    expect((await admin().get("/overview")).body.accounts).toMatchObject({ locked: 0, drifted: 0 });
  });

  test("does not end when it was prolonged meanwhile", async () => {
    await lock("ben", { roleId: roles["editor"], expiresAt: inDays(1) });
    await passTime(2);
    await lock("ben", { roleId: roles["editor"] });
    expect(await expireLocks(muster.organisations, orgId())).toBe(0);
    expect((await account("ben")).lock.expiresAt).toBeNull();
  });

  test("of a leaver leaves them Disabled", async () => {
    const { body } = await entra.send("GET", '/Users?filter=userName eq "cleo@contoso.test"');
    await lock("cleo", { roleId: roles["editor"], expiresAt: inDays(1) });
    await entra.patch(`/Users/${body.Resources[0].id}`, {
      op: "replace",
      path: "active",
      value: false,
    });
    expect(await account("cleo")).toMatchObject({ status: "disabled", role: { name: "Editor" } });
    await passTime(2);
    await expireLocks(muster.organisations, orgId());
    expect(await account("cleo")).toMatchObject({ status: "disabled", role: { name: "Loanee" } });
  });

  test("cannot be over already, nor be of somebody whom no directory decides about", async () => {
    const past = await lock("dora", { roleId: roles["editor"], expiresAt: inDays(-1) });
    expect(past.status).toBe(400);
    expect(past.body.errors[0].path).toBe("expiresAt");
    const local = await muster.createPerson("viewer");
    const answer = await admin().put(`/accounts/${local.accountId}/lock`, {
      roleId: roles["editor"],
      expiresAt: inDays(1),
    });
    expect(answer.status).toBe(409);
  });
});

test("the filters are answered from an index", async () => {
  const plan = await muster.organisations.within(orgId(), async (tx) => {
    await tx.executeSql("set local enable_seqscan = off");
    const place = { sort: "name", after: undefined, limit: 50 } as const;
    const drifted = await explain(tx, selectAccounts(tx, { lock: "drifted" }, place));
    const ending = await explain(tx, selectAccounts(tx, { lock: "ending" }, place));
    return { drifted: drifted.join(), ending: ending.join() };
  });
  expect(plan.drifted).toMatch(/Index (Only )?Scan accounts_drifted/);
  expect(plan.ending).toContain("role_locks_expiry");
});

describe("an explanation", () => {
  test("of a directory person: the winner, who lost, and the request that made it so", async () => {
    const user = (await entra.send("GET", '/Users?filter=userName eq "dora@contoso.test"')).body
      .Resources[0].id;
    const it = await entra.createGroup("IT", [user]);
    await entra.createGroup("Sales", [user]);
    const saved = await admin().put(`/connections/${entra.connectionId}/group-mappings`, {
      mappings: [{ groupId: it, roleId: roles["editor"] }],
    });
    expect(saved.status).toBe(200);
    await lock("dora", { roleId: roles["viewer"], reason: "Audit" });
    const { status, body } = await admin().get(`/accounts/${accounts["dora"]}/explanation`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      role: { name: "Viewer" },
      sentence: "Viewer, because the role is locked.",
      pending: null,
      candidates: [
        { origin: "lock", role: { name: "Viewer" }, group: null, wins: true },
        { origin: "mapping", role: { name: "Editor" }, group: { name: "IT" }, wins: false },
        { origin: "default", role: { name: "Loanee" }, group: null, wins: false },
      ],
      status: { status: "active" },
      because: [
        { of: "role", entry: { action: "account.role-changed", cause: { kind: "administrator" } } },
        { of: "status", entry: { action: "account.created", cause: { kind: "scim" } } },
      ],
    });
    expect(body.because[1].entry.cause.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("of what a rule edit has not reached yet says so", async () => {
    const user = await entra.createUser("eve@contoso.test");
    const group = await entra.createGroup("Late", [user]);
    const { id } = (await admin().get("/accounts?search=eve@")).body.items[0];
    // Written past the rules' edit, which would decide everybody again.
    await muster.organisations.within(orgId(), (tx) =>
      tx.executeSql(
        `insert into group_mappings (org_id, id, connection_id, group_id, tenant_id, role_id, priority)
        values ($1, $2, $3, $4, $5, $6, 99)`,
        [
          orgId(),
          newId(),
          entra.connectionId,
          group,
          muster.administrator.tenantId,
          roles["editor"],
        ],
      ),
    );
    const { body } = await admin().get(`/accounts/${id}/explanation`);
    expect(body.role.name).toBe("Loanee");
    expect(body.pending).toContain("The rules give Editor now");
  });

  test("of somebody added by hand, and of nobody", async () => {
    const { body } = await admin().get(`/accounts/${muster.administrator.accountId}/explanation`);
    expect(body.sentence).toBe("Administrator, given by hand.");
    expect(body.candidates).toHaveLength(1);
    const stranger = await muster.createOrganisation("Fabrikam");
    const path = `/accounts/${muster.administrator.accountId}/explanation`;
    expect((await muster.as(stranger).get(path)).status).toBe(404);
  });
});

test("an Administrator of one tenant is no Administrator of the organisation", async () => {
  const { body: tenant } = await admin().post("/tenants", { name: "Porto" });
  const colleague = { ...muster.administrator, tenantId: tenant.id };
  const theirs = await muster.createPerson("administrator", "Theo Porto", colleague);
  const last = await muster.createPerson("administrator", "Tara Porto", colleague);
  const demote = (accountId: string) =>
    admin().put(`/accounts/${accountId}/lock`, { roleId: roles["viewer"] });
  expect((await demote(muster.administrator.accountId)).status).toBe(409);
  expect((await demote(theirs.accountId)).status).toBe(200);
  expect((await demote(last.accountId)).status).toBe(409);
});
