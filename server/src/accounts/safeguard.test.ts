import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let people: string[];
let names: string[];
let counter = 0;

const admin = () => product.as(product.administrator);
const base = () => `/connections/${entra.connectionId}`;
const safeguard = async () => (await admin().get(`${base()}/safeguard`)).body;
const held = async (query = "") =>
  (await admin().get(`${base()}/held-changes${query}`)).body.items as Loose[];
const accounts = async () =>
  (await admin().get(`/accounts?limit=200&search=${names[0]!.split("-")[1]}`)).body
    .items as Loose[];
const accountOf = async (index: number) =>
  (await admin().get(`/accounts?search=${names[index]}@`)).body.items[0];
const setGuard = (guard: object | null) => admin().patch(`${base()}/safeguard`, { guard });
const setMode = (mode: string) => admin().patch(`${base()}/safeguard`, { mode });
const setActive = (id: string, value: boolean) =>
  entra.patch(`/Users/${id}`, { op: "replace", path: "active", value });

const settle = async (application: Loose) => {
  for (let tries = 0; tries < 400; tries += 1) {
    const { body } = await admin().get(`/role-applications/${application.id}`);
    if (body.state !== "running") return expect(body.state).toBe("done");
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("does not end");
};

beforeAll(async () => {
  product = await createTestApp({ startJobs: true });
});
afterAll(() => product.close());

/** Every test has a connection of its own, with ten people and a guard of three. */
beforeEach(async () => {
  counter += 1;
  entra = await createTestConnection(product, `Entra ${counter}`);
  names = Array.from({ length: 10 }, (_, index) => `p${index}-run${counter}x`);
  people = [];
  for (const name of names) people.push(await entra.createUser(`${name}@contoso.test`));
  await setGuard({ people: 3, percent: 0, minutes: 60 });
});

describe("the guard", () => {
  test("lets ordinary leavers go", async () => {
    for (const id of people.slice(0, 3)) expect((await setActive(id, false)).status).toBe(200);
    expect((await accountOf(2)).status).toBe("disabled");
    expect(await safeguard()).toMatchObject({ held: 0, trippedAt: null });
  });

  test("the classic accident: the scope is emptied; Entra stays calm, the rest is held", async () => {
    for (const id of people) {
      const answer = await setActive(id, false);
      expect(answer.status).toBe(200);
      expect(answer.body.active).toBe(false);
      expect((await entra.send("GET", `/Users/${id}`)).body.active).toBe(false);
    }
    const disabled = (await accounts()).filter(({ status }) => status === "disabled");
    expect(disabled).toHaveLength(3);
    const state = await safeguard();
    expect(state).toMatchObject({ held: 7, passed: 3, byKind: [{ kind: "disabled", people: 7 }] });
    expect(state.trippedAt).not.toBeNull();
    const { items } = (await admin().get("/safeguards")).body;
    expect(items).toContainEqual(
      expect.objectContaining({ connectionId: entra.connectionId, mode: "live", held: 7 }),
    );
    const [first] = await held();
    expect(first).toMatchObject({
      because: "guard",
      kind: "disabled",
      sentences: ["Disabled in the directory; the role Loanee is remembered"],
      cause: { kind: "scim" },
    });
  });

  test("what the directory takes back holds nobody any longer, and the guard opens by itself", async () => {
    for (const id of people) await setActive(id, false);
    for (const id of people) await setActive(id, true);
    expect(await safeguard()).toMatchObject({ held: 0, trippedAt: null });
    expect((await accounts()).filter(({ status }) => status === "disabled")).toHaveLength(0);
    expect((await setActive(people[0]!, false)).status).toBe(200);
    expect((await accountOf(0)).status).toBe("disabled");
  });

  test("an administrator lets some go, then the rest; sessions and recoveries follow", async () => {
    for (const id of people) await setActive(id, false);
    const [first, ...others] = await held();
    const some = await admin().post(`${base()}/held-changes/apply`, {
      personIds: [first.person.id],
    });
    expect(some.body).toEqual({ changed: 1, stillHeld: 0, application: null });
    expect(await safeguard()).toMatchObject({ held: others.length });
    const all = await admin().post(`${base()}/held-changes/apply`, {});
    await settle(all.body.application);
    expect((await accounts()).every(({ status }) => status === "disabled")).toBe(true);
    expect(await safeguard()).toMatchObject({ held: 0, trippedAt: null });
  });

  test("discarded: they stay, also when rules are applied again, until the directory wants something else", async () => {
    for (const id of people) await setActive(id, false);
    const discarded = await admin().post(`${base()}/held-changes/discard`, {});
    expect(discarded.body).toEqual({ people: 7 });
    expect(await safeguard()).toMatchObject({ held: 0, discarded: 7, trippedAt: null });
    const saved = await admin().put(`${base()}/group-mappings`, { mappings: [] });
    await settle(saved.body.application);
    expect((await accounts()).filter(({ status }) => status === "active")).toHaveLength(7);
    await setActive(people[9]!, true);
    await setActive(people[9]!, false);
    expect((await accountOf(9)).status).toBe("disabled");
  });

  test("a group emptied at once is one loss for each member, held together", async () => {
    const group = await entra.createGroup(`Editors ${counter}`, people);
    const roles = (await admin().get("/roles")).body.items as Loose[];
    const editor = roles.find(({ key }) => key === "editor");
    const saved = await admin().put(`${base()}/group-mappings`, {
      mappings: [{ groupId: group, roleId: editor.id }],
    });
    await settle(saved.body.application);
    const emptied = await entra.patch(`/Groups/${group}`, { op: "remove", path: "members" });
    expect(emptied.status).toBe(204);
    expect((await accounts()).every(({ role }) => role.name === "Editor")).toBe(true);
    expect(await safeguard()).toMatchObject({
      held: 10,
      byKind: [{ kind: "role-changed", people: 10 }],
    });
    const again = await admin().put(`${base()}/group-mappings`, {
      mappings: [{ groupId: group, roleId: editor.id }],
    });
    await settle(again.body.application);
    expect(await safeguard()).toMatchObject({ held: 10 });
  });

  test("what takes nothing away passes while it is shut; a name changes though the person is held", async () => {
    for (const id of people) await setActive(id, false);
    const newcomer = await entra.createUser(`new-run${counter}x@contoso.test`);
    expect(newcomer).toBeTruthy();
    expect((await accounts()).some(({ userName }) => userName?.startsWith("new-"))).toBe(true);
    await entra.patch(`/Users/${people[9]}`, {
      op: "replace",
      path: "displayName",
      value: "Renamed Person",
    });
    const { body } = await admin().get("/accounts?search=Renamed");
    expect(body.items[0]).toMatchObject({ name: "Renamed Person", status: "active" });
  });

  test("a role lock by hand takes effect; the rest stays held", async () => {
    for (const id of people) await setActive(id, false);
    const account = await accountOf(9);
    const roles = (await admin().get("/roles")).body.items as Loose[];
    const viewer = roles.find(({ key }) => key === "viewer");
    const locked = await admin().put(`/accounts/${account.id}/lock`, { roleId: viewer.id });
    expect(locked.body).toMatchObject({ status: "active", role: { name: "Viewer" } });
    expect(await safeguard()).toMatchObject({ held: 7 });
  });

  test("deleted people are held too, and the page of each says so", async () => {
    for (const id of people) expect((await entra.send("DELETE", `/Users/${id}`)).status).toBe(204);
    expect((await accounts()).filter(({ status }) => status === "disabled")).toHaveLength(3);
    const { body } = await admin().get(`/accounts/${(await accountOf(9)).id}`);
    expect(body.heldChange).toMatchObject({
      because: "guard",
      sentences: ["Deleted from the directory; the role Loanee is remembered"],
      discarded: null,
    });
  });

  test("thirty at once: never more than the guard allows take effect", async () => {
    const more = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        entra.createUser(`m${index}-run${counter}x@contoso.test`),
      ),
    );
    await Promise.all([...people, ...more].map((id) => setActive(id, false)));
    expect((await accounts()).filter(({ status }) => status === "disabled")).toHaveLength(3);
    expect(await safeguard()).toMatchObject({ held: 27 });
  });

  test("a share of all people counts where it is more", async () => {
    await setGuard({ people: 1, percent: 50, minutes: 60 });
    for (const id of people) await setActive(id, false);
    expect(await safeguard()).toMatchObject({ held: 5 });
  });

  test("turned off, it holds nothing", async () => {
    await setGuard(null);
    for (const id of people) await setActive(id, false);
    expect(await safeguard()).toMatchObject({ guard: null, held: 0 });
    expect((await accounts()).every(({ status }) => status === "disabled")).toBe(true);
  });
});

describe("a dry run", () => {
  test("the mirror fills, Sub Accounts stay untouched, and everything is listed; ended, all of it takes effect", async () => {
    await setMode("dry-run");
    const newcomer = await entra.createUser(`fresh-run${counter}x@contoso.test`);
    await setActive(people[0]!, false);
    expect((await entra.send("GET", `/Users/${newcomer}`)).status).toBe(200);
    expect((await accounts()).map(({ status }) => status)).toEqual(Array(10).fill("active"));
    expect(await safeguard()).toMatchObject({ mode: "dry-run", held: 2 });
    expect(
      (await held("?kind=created")).map(({ sentences, accountId }) => [sentences, accountId]),
    ).toEqual([[["Sub Account created as Loanee, the default access role"], null]]);
    expect(await held(`?search=fresh`)).toHaveLength(1);
    const live = await setMode("live");
    await settle(live.body.application);
    expect(await safeguard()).toMatchObject({ mode: "live", held: 0 });
    expect((await accountOf(0)).status).toBe("disabled");
    expect((await accounts()).some(({ userName }) => userName?.startsWith("fresh-"))).toBe(true);
    expect((await entra.send("GET", `/Users/${newcomer}`)).body.id).toBe(newcomer);
  });

  test("a chosen part takes effect while it goes on", async () => {
    await setMode("dry-run");
    await setActive(people[0]!, false);
    await setActive(people[1]!, false);
    const [first] = await held();
    await admin().post(`${base()}/held-changes/apply`, { personIds: [first.person.id] });
    expect((await accounts()).filter(({ status }) => status === "disabled")).toHaveLength(1);
    expect(await safeguard()).toMatchObject({ mode: "dry-run", held: 1 });
  });

  test("what a person wants next takes the place of what was held of them; nothing is left where it comes to nothing", async () => {
    await setMode("dry-run");
    await setActive(people[0]!, false);
    expect(await held()).toHaveLength(1);
    await setActive(people[0]!, true);
    expect(await held()).toHaveLength(0);
  });

  test("a rule edit is rehearsed too", async () => {
    const group = await entra.createGroup(`Viewers ${counter}`, people.slice(0, 4));
    await setMode("dry-run");
    const roles = (await admin().get("/roles")).body.items as Loose[];
    const viewer = roles.find(({ key }) => key === "viewer");
    const saved = await admin().put(`${base()}/group-mappings`, {
      mappings: [{ groupId: group, roleId: viewer.id }],
    });
    await settle(saved.body.application);
    expect(await held("?kind=role-changed")).toHaveLength(4);
    expect((await accounts()).every(({ role }) => role.name === "Loanee")).toBe(true);
  });
});

describe("who may", () => {
  test("a Viewer sees nothing of it; another organisation's connection does not exist", async () => {
    const viewer = await product.createPerson("viewer");
    const stranger = await product.createOrganisation(`Fabrikam ${counter}`);
    const asked: ["get" | "post" | "patch", string, object?][] = [
      ["get", "/safeguard"],
      ["patch", "/safeguard", { mode: "dry-run" }],
      ["get", "/held-changes"],
      ["post", "/held-changes/apply", {}],
      ["post", "/held-changes/discard", {}],
    ];
    for (const [method, path, body] of asked) {
      expect((await product.as(viewer)[method](`${base()}${path}`, body)).status).toBe(403);
      expect((await product.as(stranger)[method](`${base()}${path}`, body)).status).toBe(404);
    }
  });
});

test("the guard counts narrower limits of a role as a loss", async () => {
  const { id: tenantId } = (await admin().post("/tenants", { name: `Narrow ${counter}` })).body;
  const permissions = ["assets:view", "assets:edit"];
  const role = async (name: string, scope: object) =>
    (await admin().post("/roles", { name, description: "", permissions, scope })).body.id;
  const wide = await role(`Wide ${counter}`, {});
  const narrow = await role(`Narrow ${counter}`, { tenantIds: [tenantId] });
  const [all, some] = [
    await entra.createGroup(`Wide ${counter}`, people),
    await entra.createGroup(`Narrow ${counter}`, []),
  ];
  const mappings = [
    { groupId: some, roleId: narrow },
    { groupId: all, roleId: wide },
  ];
  await settle((await admin().put(`${base()}/group-mappings`, { mappings })).body.application);
  await entra.patch(`/Groups/${some}`, {
    op: "add",
    path: "members",
    value: people.slice(0, 5).map((value) => ({ value })),
  });
  expect(await safeguard()).toMatchObject({
    held: 5,
    byKind: [{ kind: "role-changed", people: 5 }],
  });
});

describe("a tenant's last Administrator", () => {
  let tenantId: string;
  let group: string;
  let administrator: Loose;

  const inTenant = async () =>
    (await admin().get(`/accounts?tenantId=${tenantId}`)).body.items as Loose[];

  /** Two people who administer a tenant of its own by a group, and nobody else there. */
  beforeEach(async () => {
    await setGuard(null);
    const made = await admin().post("/tenants", { name: `North ${counter}` });
    tenantId = made.body.id;
    group = await entra.createGroup(`Admins ${counter}`, people.slice(0, 2));
    const roles = (await admin().get("/roles")).body.items as Loose[];
    administrator = roles.find(({ key }) => key === "administrator");
    const saved = await admin().put(`${base()}/group-mappings`, {
      mappings: [{ groupId: group, roleId: administrator.id, tenantId }],
    });
    await settle(saved.body.application);
  });

  test("is held whom a sync would take away, and let go once there is another", async () => {
    for (const id of people.slice(0, 2)) expect((await setActive(id, false)).status).toBe(200);
    const statuses = (await inTenant()).map(({ status }) => status as string);
    expect(statuses).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set(["active", "disabled"]));
    const [last] = await held();
    expect(last).toMatchObject({ because: "last-administrator", kind: "disabled" });
    expect((await admin().get("/safeguards")).body.items).toContainEqual(
      expect.objectContaining({ connectionId: entra.connectionId, held: 1, trippedAt: null }),
    );
    const refused = await admin().post(`${base()}/held-changes/apply`, { personIds: [last.id] });
    expect(refused.body).toMatchObject({ changed: 0, stillHeld: 1 });
    await entra.patch(`/Groups/${group}`, {
      op: "add",
      path: "members",
      value: [{ value: people[2] }],
    });
    const applied = await admin().post(`${base()}/held-changes/apply`, { personIds: [last.id] });
    expect(applied.body).toMatchObject({ changed: 1, stillHeld: 0 });
    expect((await inTenant()).filter(({ status }) => status === "active")).toHaveLength(1);
  });

  test("is counted once by the guard, however often requests decide about them", async () => {
    await setGuard({ people: 3, percent: 0, minutes: 60 });
    for (const id of people.slice(0, 2)) await setActive(id, false);
    const [last] = await held();
    for (let round = 0; round < 6; round += 1)
      await entra.patch(`/Users/${last.person.id}`, {
        op: "replace",
        path: "displayName",
        value: `Called ${round}`,
      });
    expect(await safeguard()).toMatchObject({ held: 1, trippedAt: null });
    // The two of before are counted: the third may go, the fourth is one too many.
    await setActive(people[2]!, false);
    expect(await safeguard()).toMatchObject({ held: 1, trippedAt: null });
    await setActive(people[3]!, false);
    expect(await safeguard()).toMatchObject({ held: 2, trippedAt: expect.any(String) });
  });

  test("of two at once, one remains", async () => {
    await Promise.all(people.slice(0, 2).map((id) => setActive(id, false)));
    expect((await inTenant()).filter(({ status }) => status === "active")).toHaveLength(1);
  });

  test("is held whom an emptied group or an edit of the mappings would take away", async () => {
    await entra.patch(`/Groups/${group}`, { op: "remove", path: "members" });
    expect((await inTenant()).every(({ status }) => status === "active")).toBe(true);
    const saved = await admin().put(`${base()}/group-mappings`, { mappings: [] });
    await settle(saved.body.application);
    expect((await inTenant()).every(({ status }) => status === "active")).toBe(true);
    expect((await held()).map(({ because }) => because)).toEqual([
      "last-administrator",
      "last-administrator",
    ]);
  });

  test("is refused by hand", async () => {
    const [first, second] = await inTenant();
    const roles = (await admin().get("/roles")).body.items as Loose[];
    const viewer = roles.find(({ key }) => key === "viewer");
    const lock = ({ id }: Loose) => admin().put(`/accounts/${id}/lock`, { roleId: viewer.id });
    expect((await lock(first)).status).toBe(200);
    const refused = await lock(second);
    expect(refused.status).toBe(409);
    expect(refused.body.title).toBe("This is the last Administrator of the tenant");
  });
});
