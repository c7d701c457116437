import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/app.ts";
import { undoAs } from "../support/undo.ts";

/* What an undo does in the background is no more than whoever started it may do by hand. */

const mayUndo = ["ledger:view", "ledger:undo", "assets:view", "assets:edit"];

let muster: TestApp;
let lisbon: string;
let porto: string;
const admin = () => muster.as(muster.administrator);
const made = async (path: string, body: object): Promise<string> => {
  const answer = await admin().post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};
const moved = async (id: string, locationId: string) =>
  expect((await admin().patch(`/assets/${id}`, { locationId })).status).toBe(200);
const locationOf = async (id: string) => (await admin().get(`/assets/${id}`)).body.location.id;
const entryOf = async (id: string) =>
  (await undoAs(admin()).latest(`subjectId=${id}&action=asset.changed`)).id;

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  lisbon = await made("/locations", { name: "Lisbon" });
  porto = await made("/locations", { name: "Porto" });
});
afterAll(() => muster.close());

test("nobody moves an item out of their limits by undoing", async () => {
  const id = await made("/assets", { name: "Kite", locationId: porto });
  await moved(id, lisbon);
  const scope = { locationIds: [lisbon] };
  const person = muster.as(await muster.createPersonWhoMay(mayUndo, { scope }));
  const byHand = await person.patch(`/assets/${id}`, { locationId: porto });
  expect(byHand.status).toBeGreaterThanOrEqual(400);

  const undo = undoAs(person);
  const plan = await undo.plan({ entryId: await entryOf(id) });
  await undo.apply(plan.id);
  expect(await undo.items(plan.id)).toMatchObject([
    { state: "refused", why: expect.stringMatching(/\w/) },
  ]);
  expect(await locationOf(id)).toBe(lisbon);
});

test("who sees less since the preview undoes less", async () => {
  const id = await made("/assets", { name: "Kayak", locationId: lisbon });
  await moved(id, porto);
  const someone = await muster.createPersonWhoMay(mayUndo);
  const undo = undoAs(muster.as(someone));
  const plan = await undo.plan({ entryId: await entryOf(id) });
  const draft = { name: "Lisbon only", description: "", permissions: mayUndo };
  const roleId = await made("/roles", { ...draft, scope: { locationIds: [lisbon] } });
  expect((await admin().put(`/accounts/${someone.accountId}/lock`, { roleId })).status).toBe(200);

  await undo.apply(plan.id);
  expect(await undo.items(plan.id)).toMatchObject([{ state: "refused" }]);
  expect(await locationOf(id)).toBe(porto);
});

test("at a tenant, what is of it goes back", async () => {
  const tenantId = await made("/tenants", { name: "Branch" });
  const person = muster.as(
    await muster.createPersonWhoMay(mayUndo, { colleague: { ...muster.administrator, tenantId } }),
  );
  const id = await made("/assets", { name: "Kennel", tenantId });
  expect((await person.patch(`/assets/${id}`, { name: "Kiln" })).status).toBe(200);
  const undo = undoAs(person);
  const plan = await undo.plan({ entryId: await entryOf(id) });
  await undo.apply(plan.id);
  expect(await undo.items(plan.id)).toMatchObject([{ state: "done" }]);
  expect((await admin().get(`/assets/${id}`)).body.name).toBe("Kennel");
});

test("what the database refuses is told, and the undo comes to its end", async () => {
  const id = await made("/assets", { name: "Kettle", tag: "KET-1" });
  expect((await admin().patch(`/assets/${id}`, { tag: "KET-2" })).status).toBe(200);
  const undo = undoAs(admin());
  const plan = await undo.plan({ entryId: await entryOf(id) });
  await made("/assets", { name: "Kit", tag: "KET-1" });
  await undo.apply(plan.id);
  expect(await undo.items(plan.id)).toMatchObject([{ state: "refused" }]);
});
