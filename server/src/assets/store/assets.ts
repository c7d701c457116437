import { foldForSearch, query } from "#database";
import type { InOrganisation, Transaction } from "#tenancy";
import { sql, type NotNull, type RawBuilder } from "kysely";
import { assetFields, type AssetValues } from "../fields.ts";
import type { StatusKind } from "./choices.ts";

/** Assets with the names of what they refer to. */
export const assetsWithNames = (tx: Transaction) =>
  query
    .selectFrom("assets")
    .leftJoin("assetModels as model", (join) =>
      join.onRef("model.orgId", "=", "assets.orgId").onRef("model.id", "=", "assets.modelId"),
    )
    .leftJoin("assetCategories as category", (join) =>
      join
        .onRef("category.orgId", "=", "assets.orgId")
        .onRef("category.id", "=", "assets.categoryId"),
    )
    .leftJoin("assetStatuses as status", (join) =>
      join.onRef("status.orgId", "=", "assets.orgId").onRef("status.id", "=", "assets.statusId"),
    )
    .leftJoin("locations as location", (join) =>
      join
        .onRef("location.orgId", "=", "assets.orgId")
        .onRef("location.id", "=", "assets.locationId"),
    )
    .select([
      "assets.id",
      "assets.tenantId",
      "assets.tag",
      "assets.name",
      "assets.serial",
      "assets.modelId",
      "assets.categoryId",
      "assets.statusId",
      "assets.locationId",
      "assets.purchasedOn",
      "assets.cost",
      "assets.notes",
      "assets.createdAt",
      "assets.changedAt",
      "model.name as modelName",
      "model.manufacturer",
      "category.name as categoryName",
      "status.name as statusName",
      "status.kind as statusKind",
      "location.name as locationName",
    ])
    .$narrowType<{ statusName: NotNull; statusKind: StatusKind }>()
    .where("assets.orgId", "=", tx.orgId);

export const findAsset = (tx: Transaction, id: string) =>
  tx.first(assetsWithNames(tx).where("assets.id", "=", id));

export type AssetDetail = NonNullable<Awaited<ReturnType<typeof findAsset>>>;

/** SQL: the organisation's assets that whoever asks may see, for statements of other modules. */
export const assetsInSight = (tx: InOrganisation): RawBuilder<unknown> =>
  sql`(select org_id, id from assets where org_id = ${tx.orgId})`;

/**
 * The asset, held until the transaction ends: after the account of whoever holds it, where that is held too. Read once
 * it is held: a row that was waited for comes with the names it was joined to before.
 */
export const lockAsset = async (tx: Transaction, id: string): Promise<AssetDetail | undefined> => {
  await tx.run(
    query
      .selectFrom("assets")
      .select("id")
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .forNoKeyUpdate(),
  );
  return findAsset(tx, id);
};

/** The fields of a stored asset; PostgreSQL gives a number with decimals as text. */
export const valuesOf = (asset: AssetDetail): AssetValues =>
  Object.fromEntries(
    assetFields.map(({ key, type }) => {
      const value = asset[key];
      return [key, type === "number" && value !== null ? Number(value) : value];
    }),
  ) as unknown as AssetValues;

type Written = { readonly id: string; readonly values: AssetValues; readonly search: string };

export const insertAsset = (
  tx: Transaction,
  { tenantId, ...asset }: Written & { readonly tenantId: string },
): void => {
  tx.defer(
    query.insertInto("assets").values({
      orgId: tx.orgId,
      id: asset.id,
      tenantId,
      createdAt: tx.now,
      ...columnsOf(tx, asset),
    }),
  );
};

export const updateAsset = (tx: Transaction, asset: Written): void => {
  tx.defer(
    query
      .updateTable("assets")
      .set(columnsOf(tx, asset))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", asset.id),
  );
};

const columnsOf = (tx: Transaction, { values, search }: Written) => ({
  ...values,
  tagKey: foldForSearch(values.tag),
  nameKey: foldForSearch(values.name ?? ""),
  search: foldForSearch(search),
  changedAt: tx.now,
});
