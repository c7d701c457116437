import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyPage } from "#ledger";
import { newOrgId } from "#tenancy";
import { createTestRegister, testCause, type TestRegister } from "../../test/support/register.ts";
import { changeAsset } from "./change-asset.ts";
import { createAsset } from "./create-asset.ts";
import { assetFields, type AssetValues } from "./fields.ts";
import { prepareTenant } from "./prepare-tenant.ts";
import { findAsset } from "./store/assets.ts";
import { insertCategory, insertModel, listCategories, listStatuses } from "./store/choices.ts";

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const create = (values: Partial<AssetValues>) =>
  register.within((tx) =>
    createAsset(tx, { tenantId: register.tenantId, values, cause: testCause }),
  );
const change = (assetId: string, values: Partial<AssetValues>) =>
  register.within((tx) => changeAsset(tx, { assetId, values, cause: testCause }));
const read = async (id: string) => (await register.within((tx) => findAsset(tx, id)))!;
const historyOf = (id: string) =>
  register.within((tx) => historyPage(tx, [id], { cursor: undefined, limit: 50 }));

describe("tags", () => {
  test("twenty assets registered at once get twenty tags without a gap", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => create({})));
    const numbers = (await Promise.all(ids.map(read))).map(({ tag }) =>
      Number(tag.replace("AST-", "")),
    );
    const sorted = numbers.toSorted((a, b) => a - b);
    expect(sorted).toEqual(sorted.map((_, index) => sorted[0]! + index));
  });

  test("numbers that were given by hand are passed over", async () => {
    const { tag } = await read(await create({}));
    const next = Number(tag.replace("AST-", "")) + 1;
    const byHand = Array.from(
      { length: 120 },
      (_, index) => `ast-${String(next + index).padStart(5, "0")}`,
    );
    for (const given of byHand) await create({ tag: given });
    expect((await read(await create({}))).tag).toBe(`AST-${String(next + 120).padStart(5, "0")}`);
  });

  test("a taken tag is refused, whatever its case, and the refusal says who has it", async () => {
    await create({ tag: "LAP-1", name: "Ana's laptop" });
    await expect(create({ tag: "lap-1" })).rejects.toMatchObject({
      status: 409,
      title: "Another asset has the tag LAP-1",
      message: expect.stringContaining("Ana's laptop"),
    });
    const other = await create({ tag: "LAP-2" });
    await expect(change(other, { tag: "Lap-1" })).rejects.toMatchObject({ status: 409 });
    await change(other, { tag: "lap-2" });
    expect((await read(other)).tag).toBe("lap-2");
  });

  test("of two assets registered at once with one tag one is refused", async () => {
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.allSettled([
        create({ tag: `R-${round}` }),
        create({ tag: `r-${round}` }),
      ]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(results.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { status: 409 },
      });
    }
  });
});

describe("what is left out is filled in", () => {
  test("the status, and the category of the model", async () => {
    const { tenantId } = register;
    const model = await register.within(async (tx) => {
      const category = (await insertCategory(tx, { tenantId, name: "Camera" }))!;
      return (await insertModel(tx, {
        tenantId,
        name: "X100",
        manufacturer: "Fuji",
        categoryId: category.id,
      }))!;
    });
    const asset = await read(await create({ modelId: model.id }));
    expect(asset).toMatchObject({
      statusName: "Ready to deploy",
      modelName: "X100",
      categoryName: "Camera",
    });
  });

  test("a tenant is prepared once", async () => {
    await register.within((tx) => prepareTenant(tx, register.tenantId));
    const names = await register.within((tx) => listStatuses(tx, register.tenantId));
    expect(names.map(({ name }) => name)).toEqual([
      "Ready to deploy",
      "In repair",
      "Broken",
      "Retired",
      "Lost",
    ]);
  });
});

describe("changes", () => {
  test("every field is written, read back, and recorded", async () => {
    const [, status] = await register.within((tx) => listStatuses(tx, register.tenantId));
    const [category] = await register.within((tx) => listCategories(tx, register.tenantId));
    const values: AssetValues = {
      tag: "FULL-1",
      name: "Full",
      serial: "S1",
      modelId: null,
      categoryId: category!.id,
      statusId: status!.id,
      locationId: null,
      purchasedOn: "2026-02-28",
      cost: 1299.5,
      notes: "All of it",
    };
    const id = await create({});
    const { tag } = await read(id);
    await change(id, values);
    expect(await read(id)).toMatchObject({ ...values, cost: "1299.50" });
    const { items } = await historyOf(id);
    expect(items[0]).toMatchObject({
      action: "asset.changed",
      before: { tag },
      after: { cost: 1299.5, tag: "FULL-1" },
    });
    const written = assetFields.map(({ key }) => key).filter((key) => values[key] !== null);
    expect(Object.keys(items[0]!.after!).toSorted()).toEqual(written.toSorted());
  });

  test("nothing changed is nothing recorded, and no later time", async () => {
    const id = await create({ name: "Same" });
    const before = await read(id);
    await change(id, { name: " Same ", notes: "  " });
    expect(await read(id)).toEqual(before);
    expect((await historyOf(id)).total).toBe(1);
  });

  test("two changes of one asset at once are both there", async () => {
    const id = await create({});
    await Promise.all([
      change(id, { name: "Named" }),
      change(id, { serial: "S9" }),
      change(id, { notes: "N" }),
    ]);
    expect(await read(id)).toMatchObject({ name: "Named", serial: "S9", notes: "N" });
    expect((await historyOf(id)).total).toBe(4);
  });

  test("another tenant's or kind's choice is refused by the name of its field", async () => {
    const [category] = await register.within((tx) => listCategories(tx, register.tenantId));
    await expect(create({ statusId: category!.id })).rejects.toMatchObject({
      status: 400,
      fields: [{ path: "statusId" }],
    });
    const orgId = newOrgId();
    const elsewhere = await register.found(orgId);
    const [foreign] = await register.organisations.within(orgId, (tx) =>
      listCategories(tx, elsewhere),
    );
    await expect(create({ categoryId: foreign!.id })).rejects.toMatchObject({ status: 400 });
  });
});
