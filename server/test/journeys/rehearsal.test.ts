import { afterAll, beforeAll, expect, test } from "vitest";
import { generateDirectory } from "../../../entra-emulator/src/index.ts";
import { listAll, type Answered, type Session } from "../support/api-client.ts";
import { awaitApplication, countMisdecided } from "../support/application.ts";
import { createEntraTenant, type EntraTenant } from "../support/entra.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import { readMirror, type ScimConnection } from "../support/scim-client.ts";

/** A company that rehearses first, goes live, and one day empties the scope by accident. */
const people = 120;

let product: Product;
let dana: Session;
let connection: ScimConnection;
let entra: EntraTenant;
const directory = generateDirectory(people, 7);
const assignments = directory.users.map(({ id }) => ({ principalId: id }));

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
  entra = createEntraTenant(
    connection,
    { ...directory, appRoleAssignedTo: assignments },
    { scope: "assigned" },
  );
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

const path = () => `/connections/${connection.id}`;
const safeguard = async (): Promise<Answered["body"]> =>
  (await dana.get(`${path()}/safeguard`)).body;
const provisioned = async (): Promise<Answered["body"][]> =>
  (await listAll(dana, "/accounts")).filter(({ local }) => !local);
const countActive = async () =>
  (await provisioned()).filter(({ status }) => status === "active").length;
const assign = (appRoleAssignedTo: typeof assignments) =>
  entra.change((before) => ({ ...before, appRoleAssignedTo }));

let ids: string[];

test("in a dry run Entra provisions everybody without a failure, and no Sub Account is made", async () => {
  expect((await dana.patch(`${path()}/safeguard`, { mode: "dry-run" })).status).toBe(200);
  const report = await entra.sync();
  expect(report.counts.failed).toBe(0);
  const mirror = await readMirror(connection, "Users");
  ids = mirror.map(({ id }) => id as string).toSorted();
  expect(ids).toHaveLength(people);
  expect(await provisioned()).toEqual([]);
  expect(await safeguard()).toMatchObject({
    held: people,
    byKind: [{ kind: "created", people }],
  });
});

test("the rehearsed can be searched, and a chosen part promoted", async () => {
  const held = await listAll(dana, `${path()}/held-changes`);
  expect(held).toHaveLength(people);
  const [one] = held;
  const found = await dana.get(
    `${path()}/held-changes?search=${encodeURIComponent(one.person.name)}`,
  );
  expect(found.body.items.map(({ id }: { id: string }) => id)).toContain(one.id);
  const chosen = held.slice(0, 10).map(({ id }) => id);
  const applied = await dana.post(`${path()}/held-changes/apply`, { personIds: chosen });
  expect(applied.body.changed).toBe(10);
  expect(await provisioned()).toHaveLength(10);
});

test("going live promotes the rest; a kill on the way loses nothing, and every id stays valid", async () => {
  const live = await dana.patch(`${path()}/safeguard`, { mode: "live" });
  expect(live.body.application).not.toBeNull();
  await product.kill();
  await product.restart();
  expect((await awaitApplication(dana, live.body.application.id)).state).toBe("done");
  expect(await countActive()).toBe(people);
  expect(await safeguard()).toMatchObject({ mode: "live", held: 0 });
  const report = await entra.sync();
  expect(report.writes).toBe(0);
  const mirror = await readMirror(connection, "Users");
  expect(mirror.map(({ id }) => id as string).toSorted()).toEqual(ids);
});

test("the scope is emptied: Entra gets its answers, the guard holds the rest", async () => {
  assign([]);
  const report = await entra.sync();
  expect(report.counts.failed).toBe(0);
  const mirror = await readMirror(connection, "Users");
  expect(mirror.every(({ active }) => active === false)).toBe(true);
  const state = await safeguard();
  expect(state.trippedAt).not.toBeNull();
  // Twenty people, or five in a hundred, whichever is more.
  expect(state.held).toBe(people - 20);
  expect(await countActive()).toBe(people - 20);
});

test("applying the rules again lets nobody go", async () => {
  expect(await countMisdecided(dana, connection.id)).toBe(0);
  expect(await countActive()).toBe(people - 20);
});

test("put right in Entra, everybody is active again and nothing is held", async () => {
  assign(assignments);
  const report = await entra.sync();
  expect(report.counts.failed).toBe(0);
  expect(await countActive()).toBe(people);
  expect(await safeguard()).toMatchObject({ held: 0, trippedAt: null });
});

test("the second time it was meant: some are let go, then all", async () => {
  assign([]);
  await entra.sync();
  const [first, second] = await listAll(dana, `${path()}/held-changes`);
  const some = await dana.post(`${path()}/held-changes/apply`, {
    personIds: [first.id, second.id],
  });
  expect(some.body.changed).toBe(2);
  const all = await dana.post(`${path()}/held-changes/apply`, {});
  await awaitApplication(dana, all.body.application.id);
  expect(await countActive()).toBe(0);
  expect(await safeguard()).toMatchObject({ held: 0, trippedAt: null });
  expect(await countMisdecided(dana, connection.id)).toBe(0);
});
