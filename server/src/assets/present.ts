import type { Static } from "typebox";
import { notFound } from "#http";
import { listTenants, type Transaction } from "#tenancy";
import type { Holdings } from "./holdings.ts";
import type { Asset, AssetRow } from "./schemas.ts";
import { findAsset, valuesOf, type AssetDetail } from "./store/assets.ts";

/** What the rows of assets do not say themselves: who holds them, and what their tenants are called. */
const readSurroundings = async (
  tx: Transaction,
  { holdersOf }: Holdings,
  assets: readonly AssetDetail[],
) => ({
  holders: await holdersOf(
    tx,
    assets.map(({ id }) => id),
  ),
  tenants: new Map((await listTenants(tx)).map(({ id, name }) => [id, name])),
});

type Surroundings = Awaited<ReturnType<typeof readSurroundings>>;

export const presentAssetRows = async (
  tx: Transaction,
  holdings: Holdings,
  assets: readonly AssetDetail[],
): Promise<Static<typeof AssetRow>[]> => {
  const surroundings = await readSurroundings(tx, holdings, assets);
  return assets.map((asset) => presentRow(asset, surroundings));
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
  const surroundings = await readSurroundings(tx, holdings, [asset]);
  const { purchasedOn, cost, notes } = valuesOf(asset);
  return {
    ...presentRow(asset, surroundings),
    manufacturer: asset.manufacturer,
    purchasedOn,
    cost,
    notes,
    createdAt: asset.createdAt.toISOString(),
    custody: surroundings.holders.get(id)?.custody ?? null,
  };
};

const presentRow = (
  asset: AssetDetail,
  { holders, tenants }: Surroundings,
): Static<typeof AssetRow> => ({
  id: asset.id,
  tag: asset.tag,
  name: asset.name ?? "",
  serial: asset.serial,
  model: named(asset.modelId, asset.modelName),
  category: named(asset.categoryId, asset.categoryName),
  status: { id: asset.statusId, name: asset.statusName, kind: asset.statusKind },
  location: named(asset.locationId, asset.locationName),
  holder: holders.get(asset.id)?.holder ?? null,
  tenant: { id: asset.tenantId, name: tenants.get(asset.tenantId) ?? "" },
  changedAt: asset.changedAt.toISOString(),
});

const named = (id: string | null, name: string | null) =>
  id === null ? null : { id, name: name ?? "" };
