import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "#database";
import { withinTenant, type Transaction } from "#tenancy";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";
import { createTestConnection } from "../../test/support/scim.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  admin = muster.as(muster.administrator);
});
afterAll(() => muster.close());

const make = async (name: string): Promise<string> =>
  (await admin.post("/tenants", { name })).body.id;

const personIn = (tenantId: string, name: string): Promise<Person> =>
  muster.createPerson("administrator", name, { ...muster.administrator, tenantId });

test("a new tenant can register assets at once, and is in the ledger", async () => {
  const { status, body } = await admin.post("/tenants", { name: " Leeds " });

  expect(status).toBe(201);
  expect(body).toMatchObject({ name: "Leeds", isSuper: false, archivedAt: null, people: 0 });
  const bo = muster.as(await personIn(body.id, "Bo Leeds"));
  expect((await bo.post("/assets", { name: "First" })).status).toBe(201);
  expect((await bo.get("/asset-categories")).body.items.length).toBeGreaterThan(3);
  const { recentChanges } = (await admin.get("/overview")).body;
  expect(recentChanges.map(({ action }: { action: string }) => action)).toContain("tenant.created");
});

test("a name is taken once, in any letter case", async () => {
  await make("York");
  expect(await admin.post("/tenants", { name: "york" })).toMatchObject({
    status: 409,
    body: { title: "That name is taken" },
  });
  const id = await make("Hull");
  expect((await admin.patch(`/tenants/${id}`, { name: "YORK" })).status).toBe(409);
  expect(await admin.patch(`/tenants/${id}`, { name: "hull" })).toMatchObject({
    status: 200,
    body: { name: "hull" },
  });
});

test("they are listed as people count, page by page, from the index", async () => {
  const names = [...[10, 2, 1, 21, 3].map((number) => `Branch ${number}`), "Branch 2 b", "Branch"];
  for (const name of names) await make(name);
  const listed: string[] = [];
  let cursor = "";
  do {
    const { body } = await admin.get(`/tenants?search=branch&limit=2${cursor}`);
    listed.push(...body.items.map(({ name }: { name: string }) => name));
    cursor = body.next === null ? "" : `&cursor=${body.next}`;
  } while (cursor !== "");
  expect(listed).toEqual([
    "Branch",
    "Branch 1",
    "Branch 2",
    "Branch 2 b",
    "Branch 3",
    "Branch 10",
    "Branch 21",
  ]);
  const plan = await muster.organisations.within(muster.administrator.orgId, async (tx) => {
    await tx.executeSql("set local enable_seqscan = off");
    await tx.executeSql("set local enable_sort = off");
    const { rows } = await tx.executeSql(
      "explain select id from tenants where org_id = $1 order by natural_order(sort_name), id limit 50",
      [tx.orgId],
    );
    return JSON.stringify(rows);
  });
  expect(plan).toContain("tenants_natural_order");
});

test.each([
  ["ÅRHUS", "århus"],
  ["Ĝardeno", "ĝARDENO"],
  ["Ｘｂｃ", "xbc"],
  ["ﬁnance", "FINANCE"],
])("%s and %s are one name", async (name, other) => {
  await make(name);
  expect(await admin.post("/tenants", { name: other })).toMatchObject({ status: 409 });
  // Another letter is another name.
  expect((await admin.post("/tenants", { name: `${other}́` })).status).toBe(201);
});

test("renamed to one name by many at the same moment, one has it, and nothing of the others is written", async () => {
  const ids = await Promise.all(["One", "Two", "Three", "Four"].map(make));
  const answers = await Promise.all(
    ids.map((id) => admin.patch(`/tenants/${id}`, { name: "Ørsted" })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200, 409, 409, 409,
  ]);
  for (const { status, body } of answers)
    if (status === 409) expect(body.title).toBe("That name is taken");
  const { body } = await admin.get("/ledger?action=tenant.renamed&search=ørsted");
  expect(body.items).toHaveLength(1);
});

test("made and renamed to one name at the same moment, one of the two has it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await make(`Before ${round}`);
    const answers = await Promise.all([
      admin.post("/tenants", { name: `Race ${round}` }),
      admin.patch(`/tenants/${id}`, { name: `RACE ${round}` }),
    ]);
    expect([201, 200]).toContain(answers.find(({ status }) => status < 300)?.status);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  }
});

test("a name is taken once, also by many at the same moment", async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => admin.post("/tenants", { name: "Selby" })),
  );
  const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
  expect(statuses).toEqual([201, 409, 409, 409, 409, 409]);
});

test("tenants are listed by name in pages, searched, and counted side by side", async () => {
  const id = await make("Åland");
  const holder = await personIn(id, "Holly Holder");
  const other = muster.as(await personIn(id, "Ada Åland"));
  const { body: asset } = await other.post("/assets", { name: "Slate" });
  await other.post(`/assets/${asset.id}/check-out`, { accountId: holder.accountId });
  await other.put(`/accounts/${holder.accountId}/status`, { status: "disabled" });

  const { body } = await admin.get("/tenants?search=aland");

  expect(body).toMatchObject({
    total: 1,
    items: [{ name: "Åland", people: 1, disabled: 1, assets: 1, disabledHolders: 1 }],
  });
  expect(body.totals.people).toBeGreaterThan(1);
  const first = (await admin.get("/tenants?limit=1")).body;
  const second = (await admin.get(`/tenants?limit=1&cursor=${first.next}`)).body;
  expect(first.items[0].name).toBe("Åland");
  expect(second.items[0].id).not.toBe(id);
});

test("at one tenant, the others do not exist", async () => {
  const [here, there] = [await make("Here"), await make("There")];
  const bo = muster.as(await personIn(here, "Bo Here"));
  await personIn(there, "Tia There");

  expect((await bo.get("/tenants")).body).toMatchObject({ total: 1, items: [{ name: "Here" }] });
  expect((await bo.get(`/tenants/${there}`)).status).toBe(404);
  for (const attempt of [
    await bo.post("/tenants", { name: "Third" }),
    await bo.patch(`/tenants/${here}`, { name: "Mine" }),
    await bo.post(`/tenants/${there}/archive`),
  ])
    expect(attempt.status).toBe(403);
  expect((await bo.get("/accounts?search=tia")).body.total).toBe(0);
  expect((await bo.get("/connections")).body.items).toEqual([]);
});

test("a statement without a where shows and changes one tenant's rows, in a transaction bound to it", async () => {
  const [here, there] = [await make("Bound"), await make("Beyond")];
  await personIn(here, "Bea Bound");
  const beyond = await personIn(there, "Bob Beyond");
  const bound = <Row>(work: (tx: Transaction) => Promise<Row>) =>
    new Promise<Row>((resolve, reject) => {
      withinTenant(here, () => {
        muster.organisations.within(muster.administrator.orgId, work).then(resolve, reject);
      });
    });
  const rename = statement<{ name: string }>(sql`update accounts set name = name returning name`);
  const move = statement(sql`update accounts set tenant_id = ${there}`);

  expect(await bound((tx) => tx.run(rename))).toEqual([{ name: "Bea Bound" }]);
  await expect(bound((tx) => tx.run(move))).rejects.toThrow("row-level security");
  const lifted = await bound(async (tx) => {
    await tx.seeAllTenants();
    return tx.run(rename);
  });
  expect(lifted.map(({ name }) => name)).toContain(beyond.name);
});

test("an administrator of all may look at one tenant as if they were of it", async () => {
  const id = await make("Looked at");
  await personIn(id, "Lou Looked");
  const looking = { "muster-tenant": id };

  const { body } = await admin.get("/accounts", undefined, looking);
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(["Lou Looked"]);
  const made = await admin.post("/assets", { name: "Made while looking" }, looking);
  expect(made.body.tenant.id).toBe(id);
  expect((await admin.get("/overview", undefined, looking)).body.accounts.active).toBe(1);
  expect((await admin.get("/me", undefined, looking)).body.tenant.isSuper).toBe(true);
});

test("nobody looks at a tenant that is not theirs to see", async () => {
  const [here, there] = [await make("Ours"), await make("Theirs")];
  const bo = muster.as(await personIn(here, "Bo Ours"));
  const foreign = await muster.createOrganisation("Fabrikam");
  for (const chosen of [there, foreign.tenantId, "no id"])
    expect((await bo.get("/accounts", undefined, { "muster-tenant": chosen })).status).toBe(404);
  const look = { "muster-tenant": foreign.tenantId };
  expect((await admin.get("/accounts", undefined, look)).status).toBe(404);
});

test("archiving disables everybody there, ends their sessions, and leaves items; restoring brings them back", async () => {
  const id = await make("Closing");
  const bo = await personIn(id, "Bo Closing");
  const holder = await personIn(id, "Hal Holder");
  const gone = await personIn(id, "Gil Gone");
  const there = muster.as(bo);
  await there.put(`/accounts/${gone.accountId}/status`, { status: "disabled" });
  const { body: asset } = await there.post("/assets", { name: "Kept" });
  await there.post(`/assets/${asset.id}/check-out`, { accountId: holder.accountId });
  const entra = await createTestConnection(muster);
  const [user] = [await entra.createUser("una@contoso.test")];
  const groupId = await entra.createGroup("Closing", [user]);
  const { items: roles } = (await admin.get("/roles")).body;
  await admin.put(`/connections/${entra.connectionId}/group-mappings`, {
    mappings: [{ groupId, roleId: roles[1].id, tenantId: id }],
  });
  const statuses = async () =>
    Object.fromEntries(
      (await admin.get(`/accounts?tenantId=${id}`)).body.items.map(
        ({ name, status }: { name: string; status: string }) => [name, status],
      ),
    );
  await expect.poll(statuses, { timeout: 10_000 }).toMatchObject({ una: "active" });

  const archived = await admin.post(`/tenants/${id}/archive`);

  expect(archived.body.archivedAt).not.toBeNull();
  expect((await there.get("/me")).status).toBe(401);
  await expect.poll(statuses, { timeout: 10_000 }).toEqual({
    "Bo Closing": "disabled",
    "Hal Holder": "disabled",
    "Gil Gone": "disabled",
    una: "disabled",
  });
  expect((await admin.get(`/assets/${asset.id}`)).body.holder.id).toBe(holder.accountId);
  expect((await admin.get(`/tenants?state=archived`)).body).toMatchObject({ total: 1 });
  const una = (await admin.get(`/accounts?tenantId=${id}&search=una`)).body.items[0];
  expect((await admin.get(`/accounts/${una.id}`)).body.statusReason).toMatch(/archived/);
  // Nobody arrives in it either.
  await entra.createGroup("unrelated");
  await entra.send("PATCH", `/Groups/${groupId}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [
      {
        op: "add",
        path: "members",
        value: [{ value: await entra.createUser("vic@contoso.test") }],
      },
    ],
  });
  expect(await statuses()).toMatchObject({ vic: "disabled" });

  await admin.post(`/tenants/${id}/restore`);

  await expect.poll(statuses, { timeout: 10_000 }).toEqual({
    "Bo Closing": "active",
    "Hal Holder": "active",
    "Gil Gone": "disabled",
    una: "active",
    vic: "active",
  });
});

test("neither the super tenant nor the one with the last Administrator made by hand can be archived", async () => {
  expect(await admin.post(`/tenants/${muster.administrator.tenantId}/archive`)).toMatchObject({
    status: 409,
    body: { title: "The super tenant cannot be archived" },
  });
});

test("somebody with accounts in two tenants goes from one to the other", async () => {
  const [north, south] = [await make("North"), await make("South")];
  const entra = await createTestConnection(muster, "Two tenants");
  const user = await entra.createUser("tom@contoso.test");
  const [first, second] = [
    await entra.createGroup("north", [user]),
    await entra.createGroup("south", [user]),
  ];
  const { items: roles } = (await admin.get("/roles")).body;
  await admin.put(`/connections/${entra.connectionId}/group-mappings`, {
    mappings: [
      { groupId: first, roleId: roles[0].id, tenantId: north },
      { groupId: second, roleId: roles[2].id, tenantId: south },
    ],
  });
  const accounts = async () =>
    (await admin.get("/accounts?search=tom&status=active")).body.items as {
      id: string;
      tenant: { id: string };
    }[];
  await expect.poll(async () => (await accounts()).length, { timeout: 10_000 }).toBe(2);
  const accountIn = async (tenantId: string) =>
    (await accounts()).find(({ tenant }) => tenant.id === tenantId)!.id;
  const [there, here] = [await accountIn(south), await accountIn(north)];
  const tom = await muster.signIn({ ...muster.administrator, accountId: here });

  expect((await muster.as(tom).get("/me")).body.accounts).toHaveLength(2);
  const { status, body, headers } = await muster.as(tom).put("/me/account", { accountId: there });

  expect(status).toBe(200);
  expect(body).toMatchObject({ tenant: { name: "South" }, role: { name: roles[2].name } });
  expect((await muster.as(tom).get("/me")).status).toBe(401);
  const cookie = String(headers["set-cookie"]).split(";", 1)[0]!;
  expect((await muster.as({ ...tom, cookie }).get("/me")).body.tenant.name).toBe("South");
  const foreign = { accountId: muster.administrator.accountId };
  expect((await muster.as({ ...tom, cookie }).put("/me/account", foreign)).status).toBe(404);
});
