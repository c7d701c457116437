import { beforeAll, describe, expect, test } from "vitest";
import { explain } from "../../../test/support/explain.ts";
import { createTestRegister, type TestRegister } from "../../../test/support/register.ts";
import {
  insertCategory,
  insertLocation,
  insertModel,
  listCategories,
  listLocations,
  listModels,
  selectModels,
  selectNamed,
} from "./choices.ts";

let register: TestRegister;

const names = ["Room 10", "room 1", "Room 2 b", "Room 2", "Room", "Room 21"];
const inOrder = ["Room", "room 1", "Room 2", "Room 2 b", "Room 10", "Room 21"];

beforeAll(async () => {
  register = await createTestRegister();
  const { tenantId } = register;
  await register.within(async (tx) => {
    for (const name of names) {
      await insertLocation(tx, { tenantId, name });
      await insertCategory(tx, { tenantId, name });
      await insertModel(tx, { tenantId, name, manufacturer: null, categoryId: null });
    }
  });
});

describe("what an asset refers to is listed as people count", () => {
  test.each([
    ["locations", listLocations, "locations_natural_order"],
    ["categories", listCategories, "asset_categories_natural_order"],
    ["models", listModels, "asset_models_natural_order"],
  ] as const)("%s", async (what, list, index) => {
    await register.within(async (tx) => {
      const listed = await list(tx, register.tenantId);
      expect(listed.map(({ name }) => name).filter((name) => /^room/i.test(name))).toEqual(inOrder);
      await tx.executeSql("set local enable_seqscan = off");
      await tx.executeSql("set local enable_sort = off");
      const select =
        what === "models"
          ? selectModels(tx, register.tenantId)
          : selectNamed(tx, what === "locations" ? what : "assetCategories", register.tenantId);
      expect(await explain(tx, select)).toContain(`Index Scan ${index}`);
    });
  });
});
