import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { undoAs } from "../../../test/support/undo.ts";

let app: TestApp;
let admin: ReturnType<TestApp["as"]>;

beforeAll(async () => {
  app = await createTestApp({ startJobs: true });
  admin = app.as(app.administrator);
});
afterAll(() => app.close());

const people = 20;

test("an administrator's bad hour is undone by its span, and becomes what the preview said", async () => {
  const { items: roles } = (await admin.get("/roles")).body;
  const role = (key: string): string => roles.find((one: { key: string }) => one.key === key).id;
  const {
    id: connectionId,
    endpoint,
    token,
  } = (await admin.post("/connections", { name: "Entra" })).body;
  const push = async (path: string, payload: object) =>
    (
      await app.app.inject({
        method: "POST",
        url: `${new URL(endpoint).pathname}${path}`,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
        payload: JSON.stringify(payload),
      })
    ).json<{ id: string }>().id;
  const members: { value: string }[] = [];
  for (let index = 0; index < people; index += 1)
    members.push({
      value: await push("/Users", {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: `p${index}@contoso.test`,
        displayName: `Person ${index}`,
        active: true,
      }),
    });
  const groupId = await push("/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: "Finance",
    members,
  });
  const settle = () =>
    expect
      .poll(
        async () =>
          (await admin.get(`/connections/${connectionId}/group-mappings`)).body.application?.state,
        { timeout: 20_000 },
      )
      .toBe("done");
  const map = async (roleId: string) => {
    const mappings = [{ groupId, roleId }];
    const { status } = await admin.put(`/connections/${connectionId}/group-mappings`, { mappings });
    expect(status).toBe(200);
    await settle();
  };
  await map(role("viewer"));
  const { id: assetId } = (await admin.post("/assets", { name: "Before" })).body;
  const state = async () => ({
    roles: (await admin.get("/accounts?limit=100")).body.items.map(
      ({
        name,
        role: { name: given },
        origin,
      }: {
        name: string;
        role: { name: string };
        origin: string;
      }) => `${name} ${given} ${origin}`,
    ),
    asset: (await admin.get(`/assets/${assetId}`)).body.name,
  });
  const before = await state();

  await sleep(5);
  const from = new Date().toISOString();
  await map(role("editor"));
  const accounts = (await admin.get("/accounts?limit=100&search=Person")).body.items;
  expect(accounts).toHaveLength(people);
  for (const { id } of accounts)
    await admin.put(`/accounts/${id}/lock`, { roleId: role("loanee"), reason: "Bad" });
  await admin.patch(`/assets/${assetId}`, { name: "After" });
  await sleep(5);
  const to = new Date().toISOString();
  expect(await state()).not.toEqual(before);

  const { body: undo } = await admin.post("/ledger/undos", { from, to });
  const items = await undoAs(admin).items(undo.id);
  expect(undo.planned.things).toBe(people + 2);
  expect(items.filter((item) => item.state === "planned")).toHaveLength(people + 2);
  const rules = items.find(({ reaches }) => reaches);
  const effect = await admin.get(`/ledger/undos/${undo.id}/items/${rules?.id}/effect`);
  // Locked as they are, nobody's role changes by the rules alone.
  expect(effect.body).toMatchObject({ people, total: people, changes: 0, next: null });

  await admin.post(`/ledger/undos/${undo.id}/apply`);
  await expect
    .poll(async () => (await admin.get(`/ledger/undos/${undo.id}`)).body.state, { timeout: 30_000 })
    .toBe("done");
  await settle();
  expect((await admin.get(`/ledger/undos/${undo.id}`)).body.done.things).toBe(people + 2);
  expect(await state()).toEqual(before);
}, 90_000);
