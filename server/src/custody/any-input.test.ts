import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assetFields } from "../assets/fields.ts";
import { createTestApp, type TestApp } from "../../test/support/app.ts";

let muster: TestApp;
let ids: string[];
beforeAll(async () => {
  muster = await createTestApp();
  const admin = muster.as(muster.administrator);
  const { body: asset } = await admin.post("/assets", { name: "Laptop" });
  const { body: statuses } = await admin.get("/asset-statuses");
  ids = [asset.id, asset.status.id, statuses.items[3].id, muster.administrator.accountId];
});
afterAll(() => muster.close());

const texts = ["", " ", "A", "%", "\u0000", "\ud800", "2026-02-28", "2026-02-29", "0000-01-01"];
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 20 }));
const oddities = [null, true, 0, -1, 0.5, 1e15, [], {}];
/** An id stands for one that is there: of an asset, a deployable and an archived status, or an account. */
const id = fc.nat({ max: 3 }).map((index) => ({ id: index }));
const value = fc.oneof(text, id, fc.constantFrom<unknown>(...oddities));
const bodyOf = (...keys: string[]) =>
  fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, maxKeys: 3 });
const bodies = fc.record({
  asset: bodyOf(...assetFields.map(({ key }) => key), "tenantId"),
  checkOut: fc
    .tuple(bodyOf("dueOn", "note"), id)
    .map(([some, accountId]) => ({ accountId, ...some })),
  checkIn: fc
    .tuple(bodyOf("statusId", "locationId", "note"), fc.constantFrom("returned", "written-off"))
    .map(([some, outcome]) => ({ outcome, ...some })),
  choice: bodyOf("name", "kind", "manufacturer", "categoryId"),
});
const parameters = fc.dictionary(
  fc.constantFrom(
    "cursor",
    "limit",
    "search",
    "sort",
    "statusId",
    "holderId",
    "held",
    "state",
    "tenantId",
  ),
  fc.oneof(
    text,
    fc.constantFrom("tag", "-changed", "10", "true", "open", "WyJhIl0", "WyJhIiwiYiJd"),
  ),
  { maxKeys: 3 },
);
const filled = (some: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(some).map(([key, one]) => {
      const index = (one as { id?: number } | null)?.id;
      return [key, index === undefined ? one : ids[index]];
    }),
  );

test.each(assetFields)("no value of $key makes a server error", async ({ key }) => {
  const admin = muster.as(muster.administrator);
  for (const odd of [...texts, ...oddities, ...ids]) {
    const made = await admin.post("/assets", { [key]: odd });
    const changed = await admin.patch(`/assets/${ids[0]}`, { [key]: odd });
    expect([made, changed].filter(({ status }) => status >= 500)).toEqual([]);
  }
});

test("no body and no query makes a server error", async () => {
  const admin = muster.as(muster.administrator);
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(bodies, parameters, fc.nat(), async (some, query, pick) => {
      const asset = `/assets/${ids[0]}`;
      const search = Object.entries(query)
        .map(([key, one]) => `${key}=${encodeURIComponent(one.toWellFormed())}`)
        .join("&");
      const lists = [
        "/assets",
        "/recoveries",
        "/me/items",
        "/asset-models",
        `${asset}/custody`,
        `${asset}/history`,
      ];
      const answers = [
        await admin.post("/assets", filled(some.asset)),
        await admin.patch(asset, filled(some.asset)),
        await admin.post(`${asset}/check-out`, filled(some.checkOut)),
        await admin.post(`${asset}/check-in`, filled(some.checkIn)),
        await admin.post(
          ["/asset-models", "/asset-statuses", "/locations"][pick % 3]!,
          filled(some.choice),
        ),
        await admin.get(`${lists[pick % lists.length]}?${search}`),
      ];
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      for (const { status } of answers) statuses.add(status);
    }),
    { numRuns: 100 },
  );
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 409]));
}, 60_000);
