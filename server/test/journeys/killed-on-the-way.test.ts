import { afterAll, beforeAll, expect, test } from "vitest";
import { listAll, type Answered, type Session } from "../support/api-client.ts";
import { awaitApplication, countMisdecided, mapGroups, roleIds } from "../support/application.ts";
import { databaseProcesses } from "../support/database-processes.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import {
  groupSchema,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

const people = 1200;
const tenantNames = ["North", "South", "East"];
const locked = 120;
const renamed = 40;

let product: Product;
let dana: Session;
let connection: ScimConnection;
let roles: Map<string, string>;
let tenants: string[];
let groups: string[];

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
  roles = await roleIds(dana);
  await dana.patch(`/connections/${connection.id}`, { defaultRoleId: null });
  tenants = [];
  for (const name of tenantNames) tenants.push((await dana.post("/tenants", { name })).body.id);
  groups = await provision();
  await mapGroups(dana, connection.id, rulesOf(0, "Viewer"));
}, 180_000);

afterAll(async () => {
  await product?.stop();
  endProducts();
});

/** Everybody in one of three groups. Gives the groups. */
const provision = async (): Promise<string[]> => {
  const members: string[][] = tenantNames.map(() => []);
  for (let at = 0; at < people; at += 400) {
    const Operations = Array.from({ length: Math.min(400, people - at) }, (_, index) => ({
      method: "POST",
      path: "/Users",
      bulkId: String(at + index),
      data: { schemas: [userSchema], userName: userName(at + index), active: true },
    }));
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
    const { body } = await requestScim(connection, {
      path: "/Bulk",
      method: "POST",
      body: { schemas, Operations },
    });
    for (const { bulkId, location } of body.Operations as { bulkId: string; location: string }[])
      members[Number(bulkId) % 3]!.push(location.slice(location.lastIndexOf("/") + 1));
  }
  const made: string[] = [];
  for (const [index, ids] of members.entries()) {
    const { body } = await requestScim(connection, {
      path: "/Groups",
      method: "POST",
      body: {
        schemas: [groupSchema],
        displayName: `Group ${index}`,
        members: ids.map((value) => ({ value })),
      },
    });
    made.push(body.id);
  }
  return made;
};

const userName = (index: number): string => `p${String(index).padStart(4, "0")}@contoso.test`;

/** Each group in a tenant, so many tenants further than the first time. */
const rulesOf = (shift: number, role: string) =>
  groups.map((groupId, index) => ({
    groupId,
    roleId: roles.get(role)!,
    tenantId: tenants[(index + shift) % tenants.length]!,
  }));

const placeOf = (index: number, shift: number, role: string): string =>
  `${tenantNames[(index + shift) % tenantNames.length]} ${role}`;

const everybody = (shift: number, role: string): Map<string, string[]> =>
  new Map(
    Array.from({ length: people }, (_, index) => [userName(index), [placeOf(index, shift, role)]]),
  );

const accountsOfDirectory = async (): Promise<Answered["body"][]> =>
  (await listAll(dana, "/accounts?status=active")).filter(({ local }) => !local);

/** Where everybody is Active, and as what. */
const places = async (): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  for (const { userName: name, tenant, role } of await accountsOfDirectory())
    found.set(name, [...(found.get(name) ?? []), `${tenant.name} ${role.name}`]);
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Looks while nothing moves: what is seen is one moment. */
const whileItStands = async <Seen>(
  progress: () => Promise<number>,
  look: () => Promise<Seen>,
): Promise<Seen> => {
  for (;;) {
    const before = await progress();
    const seen = await look();
    if ((await progress()) === before) return seen;
  }
};

const killAndRestart = async (): Promise<void> => {
  await product.kill();
  await expect.poll(() => databaseProcesses(product.dataFolder), { timeout: 15_000 }).toEqual([]);
  await product.restart();
};

test("killed while new rules move everybody to another tenant, it goes on with that, and nobody is half decided", async () => {
  expect(await places()).toEqual(everybody(0, "Viewer"));
  const { body } = await dana.put(`/connections/${connection.id}/group-mappings`, {
    mappings: rulesOf(1, "Editor"),
  });
  const { id, total } = body.application;
  const read = async () => (await dana.get(`/role-applications/${id}`)).body;
  const progress = async (): Promise<number> => (await read()).done;
  await expect.poll(progress, { interval: 1, timeout: 30_000 }).toBeGreaterThan(0);

  await killAndRestart();

  const done = await progress();
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(total);
  const seen = await whileItStands(progress, places);
  const states = Array.from({ length: people }, (_, index) => {
    const [now, ...others] = seen.get(userName(index)) ?? [];
    expect(others, `${userName(index)} is in one tenant`).toEqual([]);
    if (now === placeOf(index, 0, "Viewer")) return "old";
    return now === placeOf(index, 1, "Editor") ? "new" : `half decided: ${now}`;
  });
  expect(new Set(states)).toEqual(new Set(["old", "new"]));

  expect(await awaitApplication(dana, id)).toMatchObject({ state: "done", done: total });
  expect(await places()).toEqual(everybody(1, "Editor"));
  expect(await countMisdecided(dana, connection.id)).toBe(0);
});

test("killed while an undo is under way, and again while everybody is decided by the rules it brought back", async () => {
  const assets: string[] = [];
  for (let index = 0; index < renamed; index += 1)
    assets.push((await dana.post("/assets", { name: `Slate ${index}` })).body.id);
  const accounts = (await accountsOfDirectory()).slice(0, locked);
  const from = new Date().toISOString();
  await mapGroups(dana, connection.id, rulesOf(2, "Viewer"));
  const moved = new Map((await accountsOfDirectory()).map((one) => [one.userName, one.id]));
  const lockedIds = accounts.map((one) => moved.get(one.userName) as string);
  for (const accountId of lockedIds)
    await dana.put(`/accounts/${accountId}/lock`, { roleId: roles.get("Loanee")!, reason: "Bad" });
  for (const assetId of assets) await dana.patch(`/assets/${assetId}`, { name: "Bad" });
  const to = new Date(Date.now() + 1000).toISOString();

  const { body: undo } = await dana.post("/ledger/undos", { from, to });
  expect(undo.planned.things).toBe(1 + locked + renamed);
  await dana.post(`/ledger/undos/${undo.id}/apply`);
  const read = async () => (await dana.get(`/ledger/undos/${undo.id}`)).body;
  const done = async (): Promise<number> => (await read()).done.things;
  await expect.poll(done, { interval: 1, timeout: 30_000 }).toBeGreaterThan(renamed + 10);

  await killAndRestart();

  expect(await read()).toMatchObject({ state: "running" });
  await whileItStands(done, expectWholeThings);
  // The rules are the oldest deed, so they are undone last; then everybody is decided again.
  const application = async () =>
    (await dana.get(`/connections/${connection.id}/group-mappings`)).body.application;
  const isRunning = async () => {
    const { state, done: decided } = await application();
    return state === "running" && decided > 0;
  };
  await expect.poll(isRunning, { interval: 1, timeout: 90_000 }).toBe(true);

  await killAndRestart();

  expect(await application()).toMatchObject({ state: "running" });
  expect(await awaitApplication(dana, (await application()).id)).toMatchObject({ state: "done" });
  await expect.poll(async () => (await read()).state, { timeout: 60_000 }).toBe("done");
  expect((await read()).done.things).toBe(1 + locked + renamed);
  expect(await places()).toEqual(everybody(1, "Editor"));
  expect((await listAll(dana, "/assets")).map(({ name }) => name)).not.toContain("Bad");
  expect(await countMisdecided(dana, connection.id)).toBe(0);

  // Each once, although it began three times.
  const effects = await listAll(dana, `/ledger?causeId=${undo.id}`);
  const of = (action: string) => effects.filter((one) => one.action === action);
  expect(of("account.role-unlocked")).toHaveLength(locked);
  expect(of("asset.changed")).toHaveLength(renamed);
  expect(of("rules.group-mappings-changed")).toHaveLength(1);
  expect(of("undo.applied")).toHaveLength(1);

  /** What the undo says is done is done, and what it says is to come has not begun. */
  async function expectWholeThings(): Promise<void> {
    const all = await listAll(dana, `/ledger/undos/${undo.id}/items`);
    const items = all.filter(({ state }) => state !== "refused");
    const now = new Map<string, string>();
    for (const { id, origin } of await accountsOfDirectory())
      now.set(id, origin === "lock" ? "planned" : "done");
    for (const { id, name } of await listAll(dana, "/assets"))
      now.set(id, name === "Bad" ? "planned" : "done");
    for (const { state, subject, label } of items)
      if (label !== "Role assignments") expect(now.get(subject.id), subject.name).toBe(state);
    const states = new Set(items.map(({ state }) => state));
    expect(states).toEqual(new Set(["planned", "done"]));
  }
});
