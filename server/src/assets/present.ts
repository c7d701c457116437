import type { Static } from "typebox";
import { notFound } from "#http";
import { listTenants, type Transaction } from "#tenancy";
import type { Holdings } from "./holdings.ts";
import type { Asset, AssetRow } from "./schemas.ts";
import { findAsset, valuesOf, type AssetDetail } from "./store/assets.ts";

export const presentAssetRows = async (
  tx: Transaction,
  holdings: Holdings,
  rows: readonly AssetDetail[],
): Promise<Static<typeof AssetRow>[]> => {
  const holders = await holdings.holdersOf(
    tx,
    rows.map(({ id }) => id),
  );
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    tag: row.tag,
    name: row.name ?? "",
    serial: row.serial,
    model: named(row.modelId, row.modelName),
    category: named(row.categoryId, row.categoryName),
    status: { id: row.statusId, name: row.statusName, kind: row.statusKind },
    location: named(row.locationId, row.locationName),
    holder: holders.get(row.id)?.holder ?? null,
    tenant: { id: row.tenantId, name: tenants.get(row.tenantId) ?? "" },
    changedAt: row.changedAt.toISOString(),
  }));
};

/**
 * The asset as its page shows it.
 * @throws HttpError 404
 */
export const presentAsset = async (
  tx: Transaction,
  holdings: Holdings,
  id: string,
): Promise<Asset> => {
  const asset = await findAsset(tx, id);
  if (asset === undefined) throw notFound("Asset");
  const [row] = await presentAssetRows(tx, holdings, [asset]);
  const { purchasedOn, cost, notes } = valuesOf(asset);
  return {
    ...row!,
    manufacturer: asset.manufacturer,
    purchasedOn,
    cost,
    notes,
    createdAt: asset.createdAt.toISOString(),
    custody: (await holdings.holdersOf(tx, [id])).get(id)?.custody ?? null,
  };
};

const named = (id: string | null, name: string | null) =>
  id === null ? null : { id, name: name ?? "" };
