import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { testCause } from "../../test/support/register.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";
import { placePerson } from "./place-person.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
let roles: Record<string, string>;
beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  admin = muster.as(muster.administrator);
  const { items } = (await admin.get("/roles")).body;
  roles = Object.fromEntries(items.map(({ id, key }: Loose) => [key, id]));
});
afterAll(() => muster.close());

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:contoso:params:scim:schemas:extension:Badge:2.0:User";
const tenant = async (name: string): Promise<string> =>
  (await admin.post("/tenants", { name })).body.id;

const save = async (connectionId: string, mappings: object[], nobody = true) => {
  const path = `/connections/${connectionId}`;
  if (nobody) expect((await admin.patch(path, { defaultRoleId: null })).status).toBe(200);
  const { status, body } = await admin.put(`${path}/group-mappings`, { mappings });
  expect(status, JSON.stringify(body)).toBe(200);
  await expect
    .poll(async () => (await admin.get(`/role-applications/${body.application.id}`)).body.state, {
      timeout: 15_000,
    })
    .toBe("done");
  return body;
};

/** "Leeds editor" of each Active account, and "lobby" of whom nothing takes. */
const whereIs = async (name: string): Promise<string[]> => {
  const { items } = (await admin.get(`/accounts?search=${name}&status=active`)).body;
  const lobby = (await admin.get(`/lobby?search=${name}`)).body;
  return [
    ...items.map(({ tenant: { name: there }, role }: Loose) => `${there} ${role.name}`).toSorted(),
    ...lobby.items.map(() => "lobby"),
  ];
};

const by = (path: string, operator: string, ...values: string[]) => ({
  attribute: { path, operator, values },
});

test("rules by attribute send people to tenants as they arrive and change; the rest wait in the lobby", async () => {
  const [leeds, york] = [await tenant("Leeds"), await tenant("York")];
  const entra = await createTestConnection(muster, "Attributes");
  const groupId = await entra.createGroup("Yorkists");
  await save(entra.connectionId, [
    {
      ...by(`${enterprise}:department`, "is", "Sales", "Marketing"),
      roleId: roles["editor"],
      tenantId: leeds,
    },
    { ...by("userName", "domain", "leeds.test"), roleId: roles["viewer"], tenantId: leeds },
    { ...by("addresses.country", "is", "gb"), roleId: roles["viewer"], tenantId: york },
    { ...by(`${custom}:level`, "starts-with", "gold"), roleId: roles["editor"], tenantId: york },
    { groupId, roleId: roles["administrator"], tenantId: york },
  ]);

  const ada = await entra.createUser("ada@leeds.test", {
    addresses: [{ type: "work", country: "GB" }],
  });
  await entra.createUser("bob@elsewhere.test");
  await entra.createUser("cy@elsewhere.test", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise, custom],
    [enterprise]: { department: "sales" },
    [custom]: { level: "Gold 3" },
  });

  expect(await whereIs("ada")).toEqual(["Leeds Viewer", "York Viewer"]);
  expect(await whereIs("bob")).toEqual(["lobby"]);
  expect(await whereIs("cy")).toEqual(["Leeds Editor", "York Editor"]);
  const cy = (await admin.get("/accounts?search=cy@")).body.items.find(
    ({ tenant: { id } }: Loose) => id === leeds,
  );
  expect((await admin.get(`/accounts/${cy.id}`)).body.reason).toBe(
    "Editor, because department is Sales or Marketing.",
  );

  // A change of what a rule reads decides again, in whatever way it comes.
  await entra.patch(`/Users/${ada}`, {
    op: "add",
    path: `${enterprise}:department`,
    value: "MARKETING",
  });
  expect(await whereIs("ada")).toEqual(["Leeds Editor", "York Viewer"]);
  await entra.patch(`/Users/${ada}`, { op: "remove", path: "addresses" });
  expect(await whereIs("ada")).toEqual(["Leeds Editor"]);
  const [bob] = (await admin.get("/lobby?search=bob")).body.items;
  await entra.patch(`/Groups/${groupId}`, {
    op: "add",
    path: "members",
    value: [{ value: bob.id }],
  });
  expect(await whereIs("bob")).toEqual(["York Administrator"]);
  // The last Administrator of York would be held there.
  const colleague = { ...muster.administrator, tenantId: york };
  await muster.createPerson("administrator", "Yuna York", colleague);
  await entra.patch(`/Groups/${groupId}`, { op: "remove", path: `members[value eq "${bob.id}"]` });
  expect(await whereIs("bob")).toEqual(["lobby"]);
  await entra.send("DELETE", `/Users/${bob.id}`);
  expect(await whereIs("bob")).toEqual([]);
});

test("the same people come to the same places in whatever order the requests came", async () => {
  const [north, south] = [await tenant("North"), await tenant("South")];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(["user", "group", "title", "rules"], { minLength: 4 }),
      async (order) => {
        const entra = await createTestConnection(muster, `Order ${Math.random()}`);
        const name = `pat${entra.connectionId.slice(-8)}`;
        let user: string | undefined;
        let group: string | undefined;
        const steps: Record<string, () => Promise<unknown>> = {
          user: async () => (user = await entra.createUser(`${name}@contoso.test`)),
          group: async () => (group = await entra.createGroup("Northerners")),
          title: async () =>
            user && entra.patch(`/Users/${user}`, { op: "add", path: "title", value: "Boss" }),
          rules: async () =>
            save(entra.connectionId, [
              ...(group ? [{ groupId: group, roleId: roles["editor"], tenantId: north }] : []),
              { ...by("title", "is", "boss"), roleId: roles["viewer"], tenantId: south },
            ]),
        };
        for (const step of order) await steps[step]!();
        // What could not be done before is done now.
        await entra.patch(`/Users/${user}`, { op: "add", path: "title", value: "Boss" });
        await entra.patch(`/Groups/${group}`, {
          op: "add",
          path: "members",
          value: [{ value: user }],
        });
        await save(entra.connectionId, [
          { groupId: group, roleId: roles["editor"], tenantId: north },
          { ...by("title", "is", "boss"), roleId: roles["viewer"], tenantId: south },
        ]);
        expect(await whereIs(name)).toEqual(["North Editor", "South Viewer"]);
      },
    ),
    { numRuns: 6 },
  );
}, 120_000);

test("somebody is put into a tenant by hand, stays whatever the rules say, and waits again when the lock goes", async () => {
  const hull = await tenant("Hull");
  const entra = await createTestConnection(muster, "By hand");
  await save(entra.connectionId, []);
  const user = await entra.createUser("hal@contoso.test");
  const placement = { tenantId: hull, roleId: roles["viewer"], reason: "Helps out" };

  const placed = await admin.post(`/lobby/${user}/placement`, placement);

  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  expect(await whereIs("hal")).toEqual(["Hull Viewer"]);
  await save(entra.connectionId, []);
  expect(await whereIs("hal")).toEqual(["Hull Viewer"]);
  await entra.patch(`/Users/${user}`, { op: "replace", path: "active", value: false });
  expect(await whereIs("hal")).toEqual([]);
  await entra.patch(`/Users/${user}`, { op: "replace", path: "active", value: true });
  expect((await admin.post(`/lobby/${user}/placement`, placement)).status).toBe(404);
  await admin.delete(`/accounts/${placed.body.accountId}/lock`);
  expect(await whereIs("hal")).toEqual(["lobby"]);
});

test("somebody put into a tenant by hand is Disabled when it is archived, also while they are being put there", async () => {
  const entra = await createTestConnection(muster, "Into the archive");
  await save(entra.connectionId, []);
  const into = async (name: string) => {
    const user = await entra.createUser(`${name}@contoso.test`);
    const tenantId = await tenant(`Archive of ${name}`);
    const placement = { tenantId, roleId: roles["viewer"]! };
    return { user, tenantId, placement };
  };
  const statusOf = async (name: string): Promise<string[]> =>
    (await admin.get(`/accounts?search=${name}@`)).body.items.map(({ status }: Loose) => status);

  const before = await into("mia");
  await admin.post(`/lobby/${before.user}/placement`, before.placement);
  expect((await admin.post(`/tenants/${before.tenantId}/archive`)).status).toBe(200);
  await expect.poll(() => statusOf("mia"), { timeout: 15_000 }).toEqual(["disabled"]);

  const during = await into("noa");
  let archive: ReturnType<typeof admin.post> | undefined;
  await muster.organisations.within(muster.administrator.orgId, async (tx) => {
    const cause = testCause;
    await placePerson(tx, { userId: during.user, ...during.placement, cause });
    await tx.flush();
    archive = admin.post(`/tenants/${during.tenantId}/archive`);
    expect(await Promise.race([archive, sleep(400)])).toBeUndefined();
  });
  expect((await archive)?.status).toBe(200);
  await expect.poll(() => statusOf("noa"), { timeout: 15_000 }).toEqual(["disabled"]);
  const after = await into("ava");
  await admin.post(`/tenants/${after.tenantId}/archive`);
  const late = await admin.post(`/lobby/${after.user}/placement`, after.placement);
  expect(late.status).toBe(400);
});

test("the effect of an edit is told before it is made, and nothing is written", async () => {
  const [bath, ely] = [await tenant("Bath"), await tenant("Ely")];
  const entra = await createTestConnection(muster, "Effect");
  const group = await entra.createGroup("Bathers");
  const effect = async (mappings: object[], defaultRoleId?: string | null) =>
    (
      await admin.post(`/connections/${entra.connectionId}/group-mappings/preview`, {
        mappings,
        ...(defaultRoleId !== undefined && { defaultRoleId }),
      })
    ).body;
  await save(entra.connectionId, [
    { ...by("title", "is", "boss"), roleId: roles["administrator"], tenantId: bath },
    { groupId: group, roleId: roles["viewer"], tenantId: bath },
  ]);
  const boss = await entra.createUser("boss@contoso.test", { title: "Boss" });
  const member = await entra.createUser("mem@contoso.test");
  await entra.createUser("waits@contoso.test");
  await entra.patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: member }] });

  const nothing = await effect([
    { ...by("title", "is", "boss"), roleId: roles["administrator"], tenantId: bath },
    { groupId: group, roleId: roles["viewer"], tenantId: bath },
  ]);
  expect(nothing).toMatchObject({ people: 3, total: 3, next: null, changes: [] });

  const edited = await effect([
    { ...by("title", "is", "boss"), roleId: roles["viewer"], tenantId: bath },
    { groupId: group, roleId: roles["administrator"], tenantId: ely },
    { ...by("userName", "starts-with", "waits"), roleId: roles["viewer"], tenantId: ely },
  ]);
  expect(edited.counts).toEqual({
    gain: 0,
    lose: 0,
    move: 1,
    role: 1,
    toLobby: 0,
    fromLobby: 1,
    becomeAdministrator: 1,
    loseAdministrator: 1,
    locked: 0,
  });
  expect(edited.changes).toContainEqual({
    person: { id: member, name: "mem" },
    kind: "move",
    from: { tenant: { id: bath, name: "Bath" }, role: { id: roles["viewer"], name: "Viewer" } },
    to: {
      tenant: { id: ely, name: "Ely" },
      role: { id: roles["administrator"], name: "Administrator" },
    },
    becomesAdministrator: true,
    losesAdministrator: false,
  });
  expect((await effect([])).counts).toMatchObject({ toLobby: 2 });
  expect((await effect([], roles["loanee"])).counts).toMatchObject({ move: 2, fromLobby: 1 });
  expect(await whereIs("boss")).toEqual(["Bath Administrator"]);
  const [locked] = (await admin.get("/accounts?search=mem@")).body.items;
  const lock = { roleId: roles["editor"] };
  expect((await admin.put(`/accounts/${locked.id}/lock`, lock)).status).toBe(200);
  expect((await effect([])).counts).toMatchObject({ toLobby: 2, locked: 1 });
  expect(boss).not.toBe(member);
});

test("a simulation says which rules fire, in order, and why", async () => {
  const [deal, dover] = [await tenant("Deal"), await tenant("Dover")];
  const entra = await createTestConnection(muster, "Simulated");
  const group = await entra.createGroup("Dealers");
  await save(entra.connectionId, [
    { groupId: group, roleId: roles["editor"], tenantId: deal },
    { ...by("title", "is", "boss"), roleId: roles["viewer"], tenantId: deal },
    { ...by("title", "is", "boss"), roleId: roles["viewer"], tenantId: dover },
  ]);
  const user = await entra.createUser("sim@contoso.test", { title: "Boss" });
  const simulate = async (asked: object) =>
    (await admin.post(`/connections/${entra.connectionId}/simulation`, asked)).body;

  expect(await simulate({ personId: user, groupIds: [group] })).toMatchObject({
    person: { name: "sim" },
    rules: [
      { place: 1, asks: "member of Dealers", outcome: "decides" },
      {
        place: 2,
        asks: "title is boss",
        outcome: "overruled",
        why: "Rule 1 has decided in Deal before.",
      },
      { place: 3, outcome: "decides" },
    ],
    accounts: [
      { tenant: { name: "Deal" }, role: { name: "Editor" }, status: "active" },
      { tenant: { name: "Dover" }, role: { name: "Viewer" } },
    ],
    isWaiting: false,
    summary: "Editor in Deal, Viewer in Dover.",
  });
  await admin.post(`/tenants/${dover}/archive`);
  expect(await simulate({ attributes: [{ path: "TITLE", value: "BOSS" }] })).toMatchObject({
    person: null,
    rules: [{ outcome: "passes-by" }, { outcome: "decides" }, { outcome: "blocked" }],
    accounts: [{ tenant: { name: "Deal" } }, { tenant: { name: "Dover" }, status: "disabled" }],
  });
  expect(await simulate({ attributes: [{ path: "title", value: "clerk" }] })).toMatchObject({
    isWaiting: true,
    accounts: [],
  });
  const { items } = (await admin.get(`/connections/${entra.connectionId}/group-mappings`)).body;
  expect(items[2].blocked).toMatch(/^Dover is archived/);
});

test("a rule of a group that vanishes stays, blocked; a new group of the same name is another group", async () => {
  const entra = await createTestConnection(muster, "Vanishing");
  const first = await entra.createGroup("Finance");
  await save(entra.connectionId, [{ groupId: first, roleId: roles["editor"] }]);
  const user = await entra.createUser("fin@contoso.test");
  await entra.patch(`/Groups/${first}`, { op: "add", path: "members", value: [{ value: user }] });
  expect(await whereIs("fin")).toEqual(["Contoso Editor"]);

  await entra.send("DELETE", `/Groups/${first}`);
  const second = await entra.createGroup("Finance", [user]);

  expect(second).not.toBe(first);
  expect(await whereIs("fin")).toEqual(["lobby"]);
  const { items } = (await admin.get(`/connections/${entra.connectionId}/group-mappings`)).body;
  expect(items).toMatchObject([
    { group: { id: first, deleted: true }, blocked: "The directory has deleted this group." },
    { group: { id: second, deleted: false }, role: null, blocked: null },
  ]);
});

test.each([
  ["asks for nothing", {}],
  [
    "asks for two things",
    { groupId: "00000000-0000-7000-8000-000000000000", ...by("title", "is", "x") },
  ],
  ["compares with nothing", by("title", "is", " ")],
  ["asks for what is no attribute", by("no attribute[", "is", "x")],
])("a rule that %s is refused", async (_what, asked) => {
  const entra = await createTestConnection(muster, `Refused ${Math.random()}`);
  const { status, body } = await admin.put(`/connections/${entra.connectionId}/group-mappings`, {
    mappings: [{ ...asked, roleId: roles["viewer"] }],
  });
  expect(status).toBe(400);
  expect(body.errors[0].path).toMatch(/^mappings\.0/);
});

test("nobody edits rules by attribute past what they may do themselves", async () => {
  const entra = await createTestConnection(muster, "Granting");
  const path = `/connections/${entra.connectionId}/group-mappings`;
  const clerk = muster.as(
    await muster.createPersonWhoMay([
      "provisioning:edit",
      "assets:view",
      "custody:view",
      "accounts:view",
    ]),
  );
  const boss = { ...by("title", "is", "boss"), roleId: roles["administrator"] };
  const sales = { ...by("department", "is", "Sales"), roleId: roles["viewer"] };
  const refused = async (mappings: object[]) => {
    const { status, body } = await clerk.put(path, { mappings });
    expect([status, body.title]).toEqual([403, "Administrator may do more than you"]);
  };

  await refused([boss]);
  expect((await clerk.put(path, { mappings: [sales] })).status).toBe(200);
  expect((await admin.put(path, { mappings: [boss, sales] })).status).toBe(200);

  const widened = { ...by("title", "is", "boss", "clerk"), roleId: roles["administrator"] };
  const otherwise = { ...by("title", "starts-with", "boss"), roleId: roles["administrator"] };
  const elsewhere = { ...by("userName", "is", "boss"), roleId: roles["administrator"] };
  for (const edited of [widened, otherwise, elsewhere, sales]) await refused([edited, sales]);
  await refused([]);
  await refused([sales, boss]);
  await refused([boss, boss]);
  await refused([{ ...boss, tenantId: await tenant("Other") }, sales]);

  expect((await clerk.put(path, { mappings: [boss] })).status).toBe(200);
  const { items } = (await admin.get(path)).body;
  expect(items).toMatchObject([{ attribute: boss.attribute, role: { name: "Administrator" } }]);
});

test("a lock on the account of somebody who moved away can be taken off again", async () => {
  const [ripon, truro] = [await tenant("Ripon"), await tenant("Truro")];
  const entra = await createTestConnection(muster, "Movers");
  const at = (city: string, tenantId: string) => ({
    ...by(`${enterprise}:department`, "is", city),
    roleId: roles["viewer"],
    tenantId,
  });
  await save(entra.connectionId, [at("Ripon", ripon), at("Truro", truro)]);
  const id = await entra.createUser("mona@x.test", { [enterprise]: { department: "Ripon" } });
  const [{ id: left }] = (await admin.get("/accounts?search=mona")).body.items;
  const moving = { op: "replace", path: `${enterprise}:department`, value: "Truro" };
  expect((await entra.patch(`/Users/${id}`, moving)).status).toBeLessThan(300);
  expect((await admin.get(`/accounts/${left}`)).body.status).toBe("disabled");
  const locked = await admin.put(`/accounts/${left}/lock`, { roleId: roles["editor"] });
  expect(locked.status, JSON.stringify(locked.body)).toBe(200);
  const unlocked = await admin.delete(`/accounts/${left}/lock`);
  expect(unlocked.status, JSON.stringify(unlocked.body)).toBe(200);
  expect((await admin.get(`/accounts/${left}`)).body.lock).toBeNull();
});
