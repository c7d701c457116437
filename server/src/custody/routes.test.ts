import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#tenancy";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
let viewer: Person;
let holder: Person;
let stranger: Person;
let branch: Person;
let assetId: string;
let recoveryId: string;

beforeAll(async () => {
  muster = await createTestApp();
  admin = muster.as(muster.administrator);
  viewer = await muster.createPerson("viewer");
  holder = await muster.createPerson("loanee", "Ana Lopez");
  stranger = await muster.createOrganisation("Fabrikam");
  const tenantId = (await admin.post("/tenants", { name: "Branch" })).body.id;
  branch = await muster.createPerson("administrator", "Bo Branch", {
    ...muster.administrator,
    tenantId,
  });
  const leaver = await muster.createPerson("loanee", "Lee Leaver");
  const { body: left } = await admin.post("/assets", { name: "Left behind" });
  await admin.post(`/assets/${left.id}/check-out`, { accountId: leaver.accountId });
  await admin.put(`/accounts/${leaver.accountId}/status`, { status: "disabled" });
  recoveryId = (await admin.get("/recoveries")).body.items[0].id;
  assetId = (await admin.post("/assets", { name: "Laptop" })).body.id;
});
afterAll(() => muster.close());

type Route = { method: "get" | "post"; path: () => string; body?: () => object; edits?: boolean };
const aboutOne: Route[] = [
  {
    method: "post",
    path: () => `/assets/${assetId}/check-out`,
    body: () => ({ accountId: holder.accountId }),
    edits: true,
  },
  { method: "post", path: () => `/assets/${assetId}/check-in`, body: () => ({}), edits: true },
  { method: "get", path: () => `/assets/${assetId}/custody` },
  { method: "get", path: () => `/accounts/${holder.accountId}/items` },
  { method: "get", path: () => `/recoveries/${recoveryId}` },
];
const routes: Route[] = [...aboutOne, { method: "get", path: () => "/recoveries" }];
const names = [
  "check-out",
  "check-in",
  "custody of an asset",
  "items of a person",
  "recovery",
  "recoveries",
];
const ask = (person: Person | null, { method, path, body }: Route, url = path()) =>
  muster.as(person)[method](url, body?.());
const named = (some: Route[]) => some.map((route, index) => [names[index], route] as const);

describe("a route", () => {
  test.each(named(routes))("%s is for people who are signed in", async (_name, route) => {
    expect((await ask(null, route)).status).toBe(401);
  });
  test.each(named(routes))("%s is for people who may", async (_name, route) => {
    expect((await ask(holder, route)).status).toBe(403);
  });
  test.each(named(routes.filter(({ edits }) => edits)))(
    "%s is not for people who may only look",
    async (_name, route) => {
      expect((await ask(viewer, route)).status).toBe(403);
    },
  );
  test.each(named(aboutOne))(
    "%s shows nothing of another organisation or tenant",
    async (_name, route) => {
      for (const person of [stranger, branch]) expect((await ask(person, route)).status).toBe(404);
    },
  );
  test.each(named(aboutOne))("%s says when there is no such thing", async (_name, route) => {
    const unknown = route.path().replace(/[0-9a-f-]{36}/, newId());
    expect((await ask(muster.administrator, route, unknown)).status).toBe(404);
  });
  test("recoveries of another tenant are not in the list", async () => {
    expect((await muster.as(branch).get("/recoveries")).body.total).toBe(0);
    expect((await admin.get("/recoveries")).body.total).toBe(1);
  });
});

describe("custody over HTTP", () => {
  test("an item goes out and comes back, and everybody can see what they may", async () => {
    const out = await admin.post(`/assets/${assetId}/check-out`, {
      accountId: holder.accountId,
      dueOn: "2027-03-31",
      note: "With charger",
    });
    expect(out).toMatchObject({
      status: 200,
      body: {
        holder: { id: holder.accountId, name: "Ana Lopez", status: "active" },
        custody: {
          dueOn: "2027-03-31",
          note: "With charger",
          checkedOutBy: "Dana Reyes",
          asset: { name: "Laptop" },
        },
      },
    });
    const mine = await muster.as(holder).get("/me/items");
    expect(mine.body).toMatchObject({
      total: 1,
      items: [{ id: out.body.custody.id, asset: { id: assetId } }],
    });
    expect((await admin.get(`/assets?holderId=${holder.accountId}`)).body).toMatchObject({
      total: 1,
      items: [{ id: assetId, holder: { name: "Ana Lopez" } }],
    });
    expect((await admin.get(`/accounts/${holder.accountId}`)).body.held).toBe(1);

    const back = await admin.post(`/assets/${assetId}/check-in`, { note: "" });
    expect(back).toMatchObject({ status: 200, body: { holder: null, custody: null } });
    expect((await muster.as(holder).get("/me/items")).body.total).toBe(0);
    expect((await admin.get(`/accounts/${holder.accountId}/items?state=all`)).body).toMatchObject({
      total: 1,
      items: [{ outcome: "returned", endedBy: "Dana Reyes", endNote: null }],
    });
    expect((await admin.get(`/assets/${assetId}/custody`)).body.total).toBe(1);
  });

  test("a leaver's item is listed until it is written off", async () => {
    const open = await admin.get("/recoveries?state=open&search=leaver");
    expect(open.body).toMatchObject({
      total: 1,
      items: [
        {
          id: recoveryId,
          account: { name: "Lee Leaver" },
          outstanding: 1,
          returned: 0,
          closedAt: null,
        },
      ],
    });
    const { body: recovery } = await admin.get(`/recoveries/${recoveryId}`);
    expect(recovery.items).toMatchObject([{ asset: { name: "Left behind" }, endedAt: null }]);
    const leftId = recovery.items[0].asset.id;
    const again = await admin.post(`/assets/${leftId}/check-out`, { accountId: holder.accountId });
    expect(again).toMatchObject({
      status: 409,
      body: { title: expect.stringContaining("is held by Lee Leaver") },
    });
    const lost = await admin.post(`/assets/${leftId}/check-in`, { outcome: "written-off" });
    expect(lost.body).toMatchObject({ holder: null, status: { kind: "archived" } });
    expect((await admin.get(`/recoveries/${recoveryId}`)).body).toMatchObject({
      outstanding: 0,
      returned: 1,
      closedBecause: "All items are back or written off",
      items: [{ outcome: "written-off" }],
    });
    expect((await admin.get("/recoveries?state=open")).body.total).toBe(0);
  });

  const refused: [string, string, object, number][] = [
    ["nobody", "check-out", {}, 400],
    ["somebody unknown", "check-out", { accountId: newId() }, 400],
    ["a due date that is none", "check-out", { accountId: newId(), dueOn: "soon" }, 400],
    ["words that are not fields", "check-out", { accountId: newId(), due: "2027-01-01" }, 400],
    ["an outcome that is none", "check-in", { outcome: "stolen" }, 400],
    ["what nobody holds", "check-in", {}, 409],
  ];
  test.each(refused)("refuses %s", async (_what, deed, body, status) => {
    expect((await admin.post(`/assets/${assetId}/${deed}`, body)).status).toBe(status);
  });
});
