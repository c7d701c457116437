import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection } from "../../../test/support/scim.ts";
import { during, undoAs, type Client } from "../../../test/support/undo.ts";

let app: TestApp;
let admin: Client;
let undo: ReturnType<typeof undoAs>;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let tenantId: string;
const roles: Record<string, string> = {};

beforeAll(async () => {
  app = await createTestApp({ startJobs: true });
  admin = app.as(app.administrator);
  undo = undoAs(admin);
  entra = await createTestConnection(app);
  tenantId = (await admin.post("/tenants", { name: "Leeds" })).body.id;
  for (const { key, id } of (await admin.get("/roles")).body.items) roles[key] = id;
});
afterAll(() => app.close());

const connection = () => `/connections/${entra.connectionId}`;
const ok = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
};

type Setting = {
  readonly what: string;
  readonly deeds: readonly (() => Promise<unknown>)[];
  readonly read: () => Promise<unknown>;
  readonly action: string;
};

const body = async (path: string) => (await admin.get(path)).body;
const definition = {
  urn: "urn:ietf:params:scim:schemas:extension:contoso:2.0:User",
  name: "floor",
  type: "string",
  multiValued: false,
  caseExact: false,
  description: "",
  shownAs: null,
};
const attributes = async () =>
  (await body(`${connection()}/attributes`)).items.map(
    ({ id: _id, ...rest }: { id: string }) => rest,
  );
const attributeId = async () => (await body(`${connection()}/attributes`)).items[0].id;
const check = "guests";
const draft = {
  name: "Warehouse",
  description: "Hands out",
  permissions: ["assets:view", "custody:view", "custody:check-out"],
  scope: { tenantIds: null, locationIds: null, categoryIds: null },
};
let roleId = "";
const role = async () => {
  if (roleId === "") return null;
  const { status, body: found } = await admin.get(`/roles/${roleId}`);
  return status === 404
    ? null
    : { ...found, permissions: found.permissions.toSorted(), usage: undefined };
};

const settings: Setting[] = [
  {
    what: "the name of a connection",
    deeds: [() => ok(admin.patch(connection(), { name: "Another name" }))],
    read: async () => (await body(connection())).name,
    action: "connection.renamed",
  },
  {
    what: "how a connection behaves",
    deeds: [() => ok(admin.put(`${connection()}/behaviour/keepUnknownExtensions`, { on: false }))],
    read: () => body(`${connection()}/behaviour`),
    action: "connection.switched",
  },
  {
    what: "a request limit",
    deeds: [
      () => ok(admin.put(`${connection()}/request-limit`, { limit: { perSecond: 30, burst: 60 } })),
      () => ok(admin.put(`${connection()}/request-limit`, { limit: { perSecond: 40, burst: 60 } })),
      () => ok(admin.put(`${connection()}/request-limit`, { limit: null })),
    ],
    read: async () => (await body(`${connection()}/request-limit`)).limit,
    action: "connection.request-limit-changed",
  },
  {
    what: "how long the log is kept",
    deeds: [
      () => ok(admin.put("/provisioning-log/retention", { keepDays: 7 })),
      () => ok(admin.put("/provisioning-log/retention", { keepDays: null })),
    ],
    read: () => body("/provisioning-log/retention"),
    action: "provisioning-log.retention-changed",
  },
  {
    what: "the definition of an attribute",
    deeds: [
      () => ok(admin.post(`${connection()}/attributes`, definition)),
      async () =>
        ok(admin.patch(`${connection()}/attributes/${await attributeId()}`, { type: "integer" })),
      async () => ok(admin.delete(`${connection()}/attributes/${await attributeId()}`)),
    ],
    read: attributes,
    action: "connection",
  },
  {
    what: "a muted check",
    deeds: [
      () => ok(admin.put(`${connection()}/checks/${check}/mute`, { reason: "We have none" })),
      () => ok(admin.delete(`${connection()}/checks/${check}/mute`)),
    ],
    read: async () =>
      (await body(`${connection()}/arrivals`)).checks.find(({ id }: { id: string }) => id === check)
        ?.muted?.reason ?? null,
    action: "check",
  },
  {
    what: "the guard and the dry run",
    deeds: [
      () =>
        ok(
          admin.patch(`${connection()}/safeguard`, {
            guard: { people: 3, percent: 1, minutes: 5 },
          }),
        ),
      () => ok(admin.patch(`${connection()}/safeguard`, { guard: null })),
      () => ok(admin.patch(`${connection()}/safeguard`, { mode: "dry-run" })),
      () => ok(admin.patch(`${connection()}/safeguard`, { mode: "live" })),
    ],
    read: async () => {
      const { mode, guard } = await body(`${connection()}/safeguard`);
      return { mode, guard };
    },
    action: "connection.safeguard-changed",
  },
  {
    what: "a custom access role",
    deeds: [
      async () => {
        ({ id: roleId } = (await admin.post("/roles", draft)).body);
      },
      () =>
        ok(
          admin.put(`/roles/${roleId}`, {
            ...draft,
            name: "Store",
            permissions: ["assets:view", "assets:edit"],
            scope: { ...draft.scope, tenantIds: [tenantId] },
          }),
        ),
      () => ok(admin.delete(`/roles/${roleId}`)),
    ],
    read: role,
    action: "role",
  },
  {
    what: "the name of a tenant",
    deeds: [() => ok(admin.patch(`/tenants/${tenantId}`, { name: "Leeds North" }))],
    read: async () => (await body(`/tenants/${tenantId}`)).name,
    action: "tenant.renamed",
  },
  {
    what: "an archived tenant",
    deeds: [
      () => ok(admin.post(`/tenants/${tenantId}/archive`)),
      () => ok(admin.post(`/tenants/${tenantId}/restore`)),
    ],
    read: async () => (await body(`/tenants/${tenantId}`)).archivedAt === null,
    action: "tenant",
  },
];

describe.each(settings)("$what", ({ deeds, read, action }) => {
  const latest = () => undo.latest(action.includes(".") ? `action=${action}` : `noun=${action}`);

  test("goes back deed by deed, and forward again by undoing the undo", async () => {
    for (const deed of deeds) {
      const before = await read();
      await deed();
      const after = await read();
      expect(after).not.toEqual(before);

      const { id } = await undo.plan({ entryId: (await latest()).id });
      expect(await undo.apply(id)).toMatchObject({ done: { things: 1 }, refused: { things: 0 } });
      expect(await read()).toEqual(before);

      const undone = await undo.latest(`causeId=${id}&action=undo.applied`);
      const again = await undo.plan({ entryId: undone.id });
      await undo.apply(again.id);
      expect(await read()).toEqual(after);
    }
  });

  test("what was changed again since is left alone, and told", async () => {
    const [deed] = deeds;
    if (deeds.length < 2) return;
    const first = await undo.latest(action.includes(".") ? `action=${action}` : `noun=${action}`);
    expect(deed).toBeDefined();
    const { id } = await undo.plan({ entryId: first.id });
    await undo.apply(id);
    const stale = await undo.plan({ entryId: first.id });
    expect(await undo.items(stale.id)).toMatchObject([
      { state: "refused", why: expect.stringMatching(/since|there|already/), causeId: null },
    ]);
  });
});

describe("access roles", () => {
  test("one that somebody has is not unmade, and its preview says who", async () => {
    const { id } = (await admin.post("/roles", { ...draft, name: "Held" })).body;
    await admin.post("/accounts", { name: "Hal", email: "hal@contoso.test", roleId: id });
    const entry = await undo.latest(`subjectId=${id}&action=role.created`);
    const { id: undoId } = await undo.plan({ entryId: entry.id });
    expect(await undo.items(undoId)).toMatchObject([
      { state: "refused", why: expect.stringContaining("1 Sub Account has it (Hal)") },
    ]);
  });

  test("nobody makes by undoing a role that may do more than they", async () => {
    const { id } = (await admin.post("/roles", { ...draft, name: "Mighty" })).body;
    await admin.put(`/roles/${id}`, { ...draft, name: "Mighty", permissions: ["ledger:view"] });
    const entry = await undo.latest(`subjectId=${id}&action=role.changed`);
    const helper = app.as(
      await app.createPersonWhoMay(["ledger:undo", "ledger:view", "roles:administer"]),
    );
    const mine = undoAs(helper);
    const { id: undoId } = await mine.plan({ entryId: entry.id });
    expect(await mine.items(undoId)).toMatchObject([
      { state: "refused", why: "Mighty would be allowed more than you." },
    ]);
  });

  test("a deleted one comes back, and whoever got another in its place keeps that", async () => {
    const { id } = (await admin.post("/roles", { ...draft, name: "Replaced" })).body;
    const person = { name: "Rae", email: "rae@contoso.test", roleId: id };
    const { id: accountId } = (await admin.post("/accounts", person)).body;
    await ok(admin.delete(`/roles/${id}?replaceBy=${roles["viewer"]}`));
    const { cause } = await undo.latest(`subjectId=${id}&action=role.deleted`);
    const { id: undoId } = await undo.plan({ causeId: cause.id });
    expect(await undo.items(undoId)).toMatchObject([
      { state: "planned", consequence: expect.stringContaining("keeps that") },
      { state: "refused", why: expect.stringContaining("give it back by hand") },
    ]);
    await undo.apply(undoId);
    expect((await admin.get(`/roles/${id}`)).body.name).toBe("Replaced");
    expect((await admin.get(`/accounts/${accountId}`)).body.role.name).toBe("Viewer");
  });
});

test("what is of the whole organisation is not taken back at one tenant", async () => {
  const { id } = (await admin.post("/tenants", { name: "Otley" })).body;
  await admin.patch(`/tenants/${id}`, { name: "Otley West" });
  const person = await app.createPerson("administrator", "Oz Otley", {
    ...app.administrator,
    tenantId: id,
  });
  const there = undoAs(app.as(person));
  const { id: undoId } = await there.plan({
    entryId: (await there.latest("action=tenant.renamed")).id,
  });
  expect(await there.items(undoId)).toMatchObject([
    { state: "refused", why: expect.stringContaining("super tenant only") },
  ]);
});

test("what followed from a deed leads to its cause, and goes back with it", async () => {
  await admin.patch(`${connection()}/safeguard`, { mode: "live" });
  await entra.createUser("fern@contoso.test");
  const account = (await admin.get("/accounts?search=fern")).body.items[0];
  await ok(admin.put(`/accounts/${account.id}/lock`, { roleId: roles["editor"] }));
  const follower = await undo.latest(`subjectId=${account.id}&action=account.role-changed`);
  const alone = await undo.plan({ entryId: follower.id });
  expect(await undo.items(alone.id)).toMatchObject([
    { state: "refused", causeId: follower.cause.id, why: expect.stringContaining("cause") },
  ]);
  const all = await undo.plan({ causeId: follower.cause.id });
  expect(await undo.items(all.id)).toMatchObject([
    { state: "planned", label: "Role lock", entries: 2 },
  ]);
  await undo.apply(all.id);
  expect((await admin.get(`/accounts/${account.id}`)).body.role.name).toBe("Loanee");
});

test("what an edit of the rules would do to others is told some people at a time", async () => {
  const ids = [
    await entra.createUser("gil@contoso.test"),
    await entra.createUser("hob@contoso.test"),
  ];
  const groupId = await entra.createGroup("Told", ids);
  const span = await during(async () => {
    const mappings = [{ groupId, roleId: roles["editor"] }];
    await ok(admin.put(`${connection()}/group-mappings`, { mappings }));
    await expect
      .poll(async () => (await body(`${connection()}/group-mappings`)).application.state)
      .toBe("done");
  });
  const { id } = await undo.plan(span);
  const [item, ...others] = await undo.items(id);
  expect(others, "what followed from the rules goes back with them").toEqual([]);
  expect(item).toMatchObject({ state: "planned", label: "Role assignments", reaches: true });
  const effect = await admin.get(`/ledger/undos/${id}/items/${item!.id}/effect`);
  expect(effect.body).toMatchObject({ changes: 2, names: ["gil", "hob"], next: null });
  expect(effect.body.total).toBeGreaterThanOrEqual(2);
  const second = app.as(await app.createPerson("administrator"));
  expect((await second.get(`/ledger/undos/${id}/items/${item!.id}/effect`)).status).toBe(409);
  expect((await admin.get(`/ledger/undos/${id}/items/99/effect`)).status).toBe(404);
});
