import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
let leeds: string;
let ofLeeds: Person;
let inLeeds: Loose;
let connectionId: string;

/** Ana, made by hand in Leeds, is sent by the directory too: as a Viewer there and an Administrator at the super tenant. */
beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  admin = muster.as(muster.administrator);
  leeds = (await admin.post("/tenants", { name: "Leeds" })).body.id;
  ofLeeds = await muster.createPerson("administrator", "Bo Leeds", {
    ...muster.administrator,
    tenantId: leeds,
  });
  const { items } = (await admin.get("/roles")).body;
  const role = (key: string) => items.find((one: Loose) => one.key === key).id;
  const bo = muster.as(ofLeeds);
  const made = { name: "Ana", email: "ana@contoso.test", roleId: role("viewer") };
  const { id: localId } = (await bo.post("/accounts", made)).body;
  const entra = await createTestConnection(muster);
  connectionId = entra.connectionId;
  const email = "ana@contoso.test";
  const ana = await entra.createUser(email, { emails: [{ value: email, type: "work" }] });
  const [here, there] = [
    await entra.createGroup("Leeds", [ana]),
    await entra.createGroup("Administrators", [ana]),
  ];
  await admin.put(`/connections/${connectionId}/group-mappings`, {
    mappings: [
      { groupId: here, roleId: role("viewer"), tenantId: leeds },
      { groupId: there, roleId: role("administrator") },
    ],
  });
  inLeeds = await vi.waitFor(
    async () => {
      const { items: seen } = (await bo.get("/accounts?search=ana")).body;
      const found = seen.find((one: Loose) => one.id !== localId);
      if (found === undefined) throw new Error("she is not in Leeds yet");
      return found;
    },
    { timeout: 20_000 },
  );
}, 60_000);
afterAll(() => muster.close());

test("an administrator of one tenant makes no sign-in link for somebody who is in another too", async () => {
  const path = `/accounts/${inLeeds.id}/sign-in-link`;
  expect(await muster.as(ofLeeds).post(path)).toMatchObject({
    status: 403,
    body: { title: "This person is in other tenants too" },
  });
  expect((await admin.post(path)).status).toBe(201);
});

test("somebody limited to one tenant makes no sign-in link for who may do more in another", async () => {
  const limited = await muster.createPersonWhoMay(["accounts:sign-in", "assets:view"], {
    scope: { tenantIds: [leeds] },
  });
  expect((await muster.as(limited).post(`/accounts/${inLeeds.id}/sign-in-link`)).status).toBe(403);
});

test("an administrator of one tenant joins nobody made there with somebody who is in another too", async () => {
  const bo = muster.as(ofLeeds);
  let id: string | undefined;
  const look = async () => {
    id = (await bo.get("/collisions?state=suggested")).body.items[0]?.id;
    return id !== undefined;
  };
  await expect.poll(look, { timeout: 20_000 }).toBe(true);
  expect((await bo.post(`/collisions/${id}/confirm`, { keepRole: false })).status).toBe(403);
  expect((await bo.post("/collisions/confirm", { ids: [id] })).body).toMatchObject({
    confirmed: 0,
    refused: [{ title: "This person is in other tenants too" }],
  });
  expect((await admin.post(`/collisions/${id}/confirm`, { keepRole: false })).status).toBe(200);
});
