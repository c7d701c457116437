import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\ud800",
    "2026-02-29",
    "2026-02-28",
    "0000-01-01",
    "%",
    "A",
    "written-off",
    "returned",
  ),
);
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 3, arbitrary: fc.nat({ max: 3 }).map((index) => ({ id: index })) },
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, 1e15, -1, 0, [], {}),
);
const fields = [
  "tag",
  "name",
  "serial",
  "modelId",
  "categoryId",
  "statusId",
  "locationId",
  "purchasedOn",
  "cost",
  "notes",
  "tenantId",
  "accountId",
  "dueOn",
  "note",
  "outcome",
  "kind",
  "manufacturer",
];
const body = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 4 });
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
/** Known ids stand in for `{ id: n }`, so that many bodies come through to the database. */
const filled = (some: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(some).map(([key, one]) => {
      const index = (one as { id?: number } | null)?.id;
      return [key, index === undefined ? one : ids[index]];
    }),
  );

test("no body and no query makes a server error", async () => {
  const admin = muster.as(muster.administrator);
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(body, parameters, fc.nat(), async (some, query, pick) => {
      const asset = `/assets/${ids[0]}`;
      const search = Object.entries(query)
        .map(([key, one]) => `${key}=${encodeURIComponent(one.toWellFormed())}`)
        .join("&");
      const payload = filled(some);
      const lists = [
        "/assets",
        "/recoveries",
        "/me/items",
        "/asset-models",
        `${asset}/custody`,
        `${asset}/history`,
      ];
      const answers = [
        await admin.post("/assets", payload),
        await admin.patch(asset, payload),
        await admin.post(`${asset}/check-out`, payload),
        await admin.post(`${asset}/check-in`, payload),
        await admin.post(["/asset-models", "/asset-statuses", "/locations"][pick % 3]!, payload),
        await admin.get(`${lists[pick % lists.length]}?${search}`),
      ];
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      for (const { status } of answers) statuses.add(status);
    }),
    { numRuns: 200 },
  );
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 409]));
}, 60_000);
