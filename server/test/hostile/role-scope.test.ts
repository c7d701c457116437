import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealLedger } from "../../src/ledger/seals/seal-ledger.ts";
import { createTestApp, type Person, type TestApp } from "../support/app.ts";
import type { Loose } from "../support/scim.ts";

type Thing = {
  readonly id: string;
  readonly tag: string;
  readonly tenantId: string;
  readonly locationId: string | null;
  readonly categoryId: string | null;
};

const mayAll = [
  "assets:view",
  "assets:create",
  "assets:edit",
  "assets:administer",
  "custody:view",
  "custody:check-out",
  "custody:check-in",
  "accounts:view",
  "accounts:create",
  "accounts:edit",
  "ledger:view",
];

let muster: TestApp;
let holder: Person;
let branch: string;
const things: Thing[] = [];
const locations: string[] = [];
const categories: string[] = [];
const admin = () => muster.as(muster.administrator);

beforeAll(async () => {
  muster = await createTestApp();
  holder = await muster.createPerson("loanee", "Hal Holder");
  branch = (await admin().post("/tenants", { name: "Branch" })).body.id;
  const make = async (path: string, body: object): Promise<Loose> => {
    const answer = await admin().post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  for (const name of ["Lisbon", "Porto"]) locations.push((await make("/locations", { name })).id);
  for (const name of ["Kites", "Kayaks"])
    categories.push((await make("/asset-categories", { name })).id);
  for (const locationId of [...locations, null])
    for (const categoryId of [...categories, null]) {
      const { id, tag } = await make("/assets", { locationId, categoryId, name: "Thing" });
      things.push({ id, tag, tenantId: muster.administrator.tenantId, locationId, categoryId });
    }
  const { id, tag } = await make("/assets", { tenantId: branch, name: "Thing" });
  things.push({ id, tag, tenantId: branch, locationId: null, categoryId: null });
  for (const thing of things.slice(0, 9))
    await admin().post(`/assets/${thing.id}/check-out`, { accountId: holder.accountId });
});
afterAll(() => muster.close());

const withScope = async (scope: object) =>
  muster.as(await muster.createPersonWhoMay(mayAll, { scope }));
const tags = (body: Loose): string[] => body.items.map(({ tag }: Thing) => tag).toSorted();

describe("somebody whose access role has limits", () => {
  test("sees and counts what is inside of them, whatever they are", async () => {
    const some = (ids: readonly string[]) =>
      fc.option(fc.subarray([...ids], { minLength: 1 }), { nil: null });
    const home = muster.administrator.tenantId;
    await fc.assert(
      fc.asyncProperty(
        some([home, branch]),
        some(locations),
        some(categories),
        async (tenantIds, locationIds, categoryIds) => {
          const inside = things.filter(
            (thing) =>
              (tenantIds?.includes(thing.tenantId) ?? true) &&
              (locationIds?.includes(thing.locationId ?? "") ?? true) &&
              (categoryIds?.includes(thing.categoryId ?? "") ?? true),
          );
          const person = await withScope({ tenantIds, locationIds, categoryIds });
          const expected = inside.map(({ tag }) => tag).toSorted();
          const list = await person.get("/assets?limit=200");
          expect([list.status, tags(list.body), list.body.total]).toEqual([
            200,
            expected,
            expected.length,
          ]);
          expect(tags((await person.get("/assets?search=thing&limit=200")).body)).toEqual(expected);
          expect((await person.get("/overview")).body.assets.total).toBe(expected.length);
          for (const thing of things)
            expect((await person.get(`/assets/${thing.id}`)).status).toBe(
              inside.includes(thing) ? 200 : 404,
            );
          const held = await person.get(`/accounts/${holder.accountId}/items?limit=200`);
          const heldInside = inside.slice(0).filter((thing) => things.indexOf(thing) < 9);
          if (held.status === 200)
            expect(held.body.items.map((one: Loose) => one.asset.tag).toSorted()).toEqual(
              heldInside.map(({ tag }) => tag).toSorted(),
            );
          const { recentChanges } = (await person.get("/overview")).body;
          for (const { subject } of recentChanges)
            if (subject.kind === "asset") expect(inside.map(({ id }) => id)).toContain(subject.id);
        },
      ),
      { numRuns: 12 },
    );
  });

  test("is told of the actions done to what is inside of them", async () => {
    const [lisbon, porto] = locations;
    const [thing] = things.filter(({ locationId }) => locationId === lisbon);
    await admin().patch(`/assets/${thing!.id}`, { name: "Renamed" });
    await sealLedger(muster.organisations, muster.administrator.orgId);
    const told = async (locationIds: (string | undefined)[]): Promise<string[]> =>
      (await (await withScope({ locationIds })).get("/ledger/actions")).body.items;
    const [here, there] = [await told([lisbon]), await told([porto])];
    for (const actions of [here, there]) {
      expect(actions).toEqual(expect.arrayContaining(["asset.created", "account.created"]));
      expect(actions.filter((one) => /^(location|category)\./.test(one))).toEqual([]);
    }
    expect(here).toContain("asset.changed");
    expect(there).not.toContain("asset.changed");
  });

  test("is told of them however long ago they were done", async () => {
    const { organisations, administrator } = muster;
    const [lisbon, porto] = locations;
    const [inside] = things.filter(({ locationId }) => locationId === lisbon);
    const [outside] = things.filter(({ locationId }) => locationId === porto);
    await admin().patch(`/assets/${inside!.id}`, { name: "Renamed once" });
    await sealLedger(organisations, administrator.orgId);
    await admin().patch(`/assets/${outside!.id}`, { locationId: porto, name: "Renamed later" });
    await sealLedger(organisations, administrator.orgId);
    // As if that had been done again and again, over many seals.
    await organisations.within(administrator.orgId, (tx) =>
      tx.executeSql(`
        insert into ledger_seals select (jsonb_populate_record(s, jsonb_build_object('number', s.number + n))).*
        from ledger_seals s, generate_series(1, 300) n where s.number = (select max(number) from ledger_seals)`),
    );
    const person = await withScope({ locationIds: [lisbon] });
    expect((await person.get("/ledger/actions")).body.items).toContain("asset.changed");
  });

  test("changes nothing outside, by no route", async () => {
    const person = await withScope({ locationIds: [locations[0]] });
    const outside = things.filter(({ locationId }) => locationId !== locations[0]);
    const before = await Promise.all(
      outside.map(async ({ id }) => (await admin().get(`/assets/${id}`)).body),
    );
    for (const { id } of outside) {
      expect((await person.patch(`/assets/${id}`, { name: "Mine" })).status).toBe(404);
      expect((await person.post(`/assets/${id}/check-in`, {})).status).toBe(404);
      const out = await person.post(`/assets/${id}/check-out`, { accountId: holder.accountId });
      expect(out.status).toBe(404);
      for (const part of ["history", "custody"])
        expect((await person.get(`/assets/${id}/${part}`)).status).toBe(404);
    }
    const after = await Promise.all(
      outside.map(async ({ id }) => (await admin().get(`/assets/${id}`)).body),
    );
    expect(after).toEqual(before);
  });

  test("puts nothing outside: by registering, moving, taking back, adding a place", async () => {
    const person = await withScope({ locationIds: [locations[0]], categoryIds: [categories[0]] });
    const [inside] = things;
    const own = { locationId: locations[0], categoryId: categories[0] };
    const answers = [
      await person.post("/assets", { name: "Nowhere" }),
      await person.post("/assets", { ...own, locationId: locations[1] }),
      await person.patch(`/assets/${inside?.id}`, { locationId: null }),
      await person.post(`/assets/${inside?.id}/check-in`, { locationId: locations[1] }),
      await person.post("/locations", { name: "Faro" }),
    ];
    for (const { status, body } of answers) {
      expect([400, 403], JSON.stringify(body)).toContain(status);
      expect(body.detail).toMatch(/\w/);
    }
    expect((await person.post("/assets", own)).status).toBe(201);
    expect((await person.get("/locations")).body.items).toHaveLength(1);
  });

  test("takes no tag that an asset outside has, and is not told of that asset", async () => {
    const person = await withScope({ locationIds: [locations[0]] });
    const hidden = things.find(({ locationId }) => locationId === locations[1]);
    const { status, body } = await person.post("/assets", {
      locationId: locations[0],
      tag: hidden?.tag,
    });
    expect(status).toBe(409);
    expect(body.detail).not.toContain("Thing");
    expect((await person.post("/assets", { locationId: locations[0] })).status).toBe(201);
  });

  test("opens and closes whole recoveries, though they see their part of one", async () => {
    const person = await withScope({ locationIds: [locations[1]] });
    const status = `/accounts/${holder.accountId}/status`;
    expect((await person.put(status, { status: "disabled" })).status).toBe(200);
    const theirs = (await person.get("/recoveries")).body.items[0];
    const all = (await admin().get("/recoveries")).body.items[0];
    expect([theirs.outstanding, all.outstanding]).toEqual([3, 9]);
    for (const { id } of things.filter(({ locationId }) => locationId === locations[1]))
      expect((await person.post(`/assets/${id}/check-in`, {})).status).toBe(200);
    expect((await admin().get("/recoveries?state=open")).body.items[0].outstanding).toBe(6);
    expect((await person.put(status, { status: "active" })).status).toBe(200);
    expect((await admin().get("/recoveries?state=open")).body.total).toBe(0);
  });

  test("gives no role with wider limits than theirs", async () => {
    const scope = { locationIds: locations.slice(0, 1) };
    const person = muster.as(
      await muster.createPersonWhoMay(["roles:administer", "accounts:create"], { scope }),
    );
    const draft = { name: "Wide", description: "", permissions: ["accounts:view"] };
    expect((await person.post("/roles", draft)).status).toBe(403);
    const wider = { ...draft, scope: { locationIds: locations } };
    // The second location is none that they know of.
    expect((await person.post("/roles", wider)).status).toBe(400);
    const narrow = { ...draft, scope: { ...scope, categoryIds: [categories[0]] } };
    expect((await person.post("/roles", narrow)).status).toBe(201);
    const { items } = (await person.get("/roles")).body;
    const grantable = items.filter((one: Loose) => one.grantable && one.key !== null);
    expect(grantable.map(({ key }: Loose) => key)).toEqual(["loanee"]);
  });
});

test("limits name what is there", async () => {
  const draft = { name: "Lost", description: "", permissions: ["assets:view"] };
  const scope = { locationIds: [categories[0]] };
  const { status, body } = await admin().post("/roles", { ...draft, scope });
  expect([status, body.errors[0].path]).toEqual([400, "scope.locationIds"]);
});
