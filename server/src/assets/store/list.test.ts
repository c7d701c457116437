import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdings } from "#custody";
import { newId } from "#tenancy";
import { explain } from "../../../test/support/explain.ts";
import { createTestRegister, type TestRegister } from "../../../test/support/register.ts";
import { assetsWithNames } from "./assets.ts";
import { listCategories, listStatuses } from "./choices.ts";
import { assetSorts, countAssets, listAssets, selectAssets, type AssetFilter } from "./list.ts";

const assetCount = 6000;
let register: TestRegister;
const known = { modelId: newId(), locationId: newId(), holderId: "", statusId: "", categoryId: "" };

/** Thousands of assets, written as the owner: among them few of each thing that is filtered by. */
beforeAll(async () => {
  register = await createTestRegister();
  known.holderId = await register.person("Ana Lopez");
  await register.within(async (tx) => {
    known.statusId = (await listStatuses(tx, register.tenantId))[1]!.id;
    known.categoryId = (await listCategories(tx, register.tenantId))[1]!.id;
  });
  const owner = new Client({ connectionString: register.database.ownerUrl });
  await owner.connect();
  const { orgId, tenantId } = register;
  const ready = await register.within((tx) => listStatuses(tx, tenantId));
  await owner.query("insert into asset_models values ($1, $2, $3, 'MacBook Pro', 'Apple')", [
    orgId,
    known.modelId,
    tenantId,
  ]);
  await owner.query("insert into locations values ($1, $2, $3, 'Oslo')", [
    orgId,
    known.locationId,
    tenantId,
  ]);
  await owner.query(
    `insert into assets (org_id, id, tenant_id, tag, tag_key, name, name_key, model_id, category_id, status_id,
       location_id, search, created_at, changed_at)
     select $1, gen_random_uuid(), $2, 'A' || n, 'a' || n, 'N' || n % 50, 'n' || n % 50,
       case when n % 100 = 0 then $3::uuid end, case when n % 100 = 1 then $4::uuid end,
       case when n % 100 = 2 then $5::uuid else $6::uuid end, case when n % 100 = 3 then $7::uuid end,
       'a' || n || ' ' || md5(n::text), now(), now() + n % 70 * interval '1 second'
     from generate_series(1, ${assetCount}) n`,
    [
      orgId,
      tenantId,
      known.modelId,
      known.categoryId,
      known.statusId,
      ready[0]!.id,
      known.locationId,
    ],
  );
  await owner.query(
    `insert into custodies (org_id, id, tenant_id, asset_id, account_id, checked_out_at)
     select $1, gen_random_uuid(), $2, id, $3, now() from assets order by id limit 30`,
    [orgId, tenantId, known.holderId],
  );
  await owner.query("analyze");
  await owner.end();
});
afterAll(() => register.close());

const wantedBy = (filter: AssetFilter) => ({ filter, isHeld: holdings.isHeld });

/** How a list would be answered. */
const planOf = (filter: AssetFilter, sort: (typeof assetSorts)[number], after?: string[]) =>
  register.within((tx) =>
    explain(tx, selectAssets(tx, wantedBy(filter), { sort, after, limit: 51 })),
  );

describe("the list of assets is answered from an index", () => {
  const keys = { tag: "a5", name: "n5", changed: new Date().toISOString() };

  test.each(assetSorts)("in the order %s, from the start and from the middle", async (sort) => {
    const key = keys[sort.replace("-", "") as keyof typeof keys];
    for (const after of [undefined, [key, newId()]])
      for (const filter of [{}, { tenantId: register.tenantId }]) {
        const plan = await planOf(filter, sort, after);
        expect(plan.join("; ")).toMatch(
          /Index Scan (Backward )?assets_|Index Only Scan|Index Scan/,
        );
        expect(plan).not.toContain("Seq Scan assets");
        expect(plan).not.toContain("Sort");
      }
  });

  test.each(["modelId", "locationId", "statusId", "categoryId", "holderId"] as const)(
    "filtered by %s",
    async (key) => {
      expect(await planOf({ [key]: known[key] }, "tag")).not.toContain("Seq Scan assets");
    },
  );

  test.each([true, false])("filtered by held: %s", async (held) => {
    expect(await planOf({ held }, "tag")).not.toContain("Seq Scan assets");
  });

  test("searched", async () => {
    const plan = await planOf({ search: "abcdef" }, "tag");
    expect(plan).toContain("Bitmap Index Scan assets_search");
  });

  test("and the check sees a list that is not", async () => {
    const plan = await register.within((tx) =>
      explain(tx, assetsWithNames(tx).orderBy("assets.notes").limit(51)),
    );
    expect(plan).toContain("Seq Scan assets");
    expect(plan).toContain("Sort");
  });
});

describe("the pages of a list", () => {
  test.each(assetSorts)(
    "in the order %s give everything once, and the total counts it",
    async (sort) => {
      const filter = { search: "a1" };
      const seen: string[] = [];
      await register.within(async (tx) => {
        for (let after: string[] | undefined; ;) {
          const rows = await listAssets(tx, wantedBy(filter), { sort, after, limit: 300 });
          seen.push(...rows.map(({ id }) => id));
          const last = rows.at(-1);
          if (last === undefined) break;
          after = [last.sortKey, last.id];
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.length).toBe(await countAssets(tx, wantedBy(filter)));
        expect(seen.length).toBeGreaterThan(1000);
      });
    },
  );

  const counts: [string, () => AssetFilter, number][] = [
    ["a status", () => ({ statusId: known.statusId }), 60],
    ["a model", () => ({ modelId: known.modelId }), 60],
    ["a category", () => ({ categoryId: known.categoryId }), 60],
    ["a location", () => ({ locationId: known.locationId }), 60],
    ["a holder", () => ({ holderId: known.holderId }), 30],
    ["a stranger as holder", () => ({ holderId: newId() }), 0],
    ["held", () => ({ held: true }), 30],
    ["not held", () => ({ held: false }), assetCount - 30],
    ["another tenant", () => ({ tenantId: newId() }), 0],
    ["words in any order", () => ({ search: "C4CA4238 A1" }), 1],
    ["a wildcard, which is only a character", () => ({ search: "%" }), 0],
  ];
  test.each(counts)("filtered by %s", async (_what, filterOf, expected) => {
    const wanted = wantedBy(filterOf());
    await register.within(async (tx) => {
      expect(await countAssets(tx, wanted)).toBe(expected);
      const rows = await listAssets(tx, wanted, { sort: "tag", after: undefined, limit: 10_000 });
      expect(rows).toHaveLength(expected);
    });
  });
});
