/** The register of assets: fields, models, categories, statuses, locations. It knows no people. */
export { changeAsset } from "./change-asset.ts";
export { registerChoiceRoutes } from "./choice-routes.ts";
export { createAsset } from "./create-asset.ts";
export { Custody, Holder, type Holdings } from "./holdings.ts";
export { nameAsset } from "./name-asset.ts";
export { assetPermissions } from "./permissions.ts";
export { prepareTenant } from "./prepare-tenant.ts";
export { presentAsset } from "./present.ts";
export { registerAssetRoutes } from "./routes.ts";
export { Asset } from "./schemas.ts";
export { assetSummary, type AssetSummary } from "./store/asset-summary.ts";
export { assetsInSight, lockAsset } from "./store/assets.ts";
export { findChoices, findPlaces, listStatuses } from "./store/choices.ts";
export { countAssetsByTenant, summarizeAssets } from "./store/list.ts";
export { requireVisibleAsset } from "./visible.ts";
export { assetIrreversible, assetReversals } from "./undo.ts";
