import type { AnyReversal, Irreversible, Reversal } from "#ledger";
import { changeAsset } from "./change-asset.ts";
import { assetFields, type AssetValues } from "./fields.ts";
import { assetPermissions } from "./permissions.ts";
import { findAsset, lockAsset, valuesOf } from "./store/assets.ts";
import { listStatuses } from "./store/choices.ts";

type State = AssetValues & {
  /** What an asset that should not be there is given; and whether it has such a status now. */
  readonly retiredStatusId: string | null;
  readonly isRetired: boolean;
};

const fields: Reversal<State> = {
  name: "asset.fields",
  label: "Fields",
  actions: ["asset.created", "asset.changed"],
  permissions: [assetPermissions.edit],
  read: async (tx, assetId, hold) => {
    const asset = hold ? await lockAsset(tx, assetId) : await findAsset(tx, assetId);
    if (asset === undefined) return undefined;
    const retired = (await listStatuses(tx, asset.tenantId)).find(
      ({ kind }) => kind === "archived",
    );
    return {
      ...valuesOf(asset),
      retiredStatusId: retired?.id ?? null,
      isRetired: asset.statusKind === "archived",
    };
  },
  back: (state, { action, before, after }) => {
    // Nothing is deleted: an asset that should not have been registered is retired, with its history.
    if (action === "asset.created") {
      if (state.isRetired) return { state };
      if (state.retiredStatusId === null)
        return { why: "This tenant has no archived status to retire it to." };
      return { state: { ...state, statusId: state.retiredStatusId } };
    }
    const keys = Object.keys(after) as (keyof AssetValues)[];
    const later = assetFields.filter(
      ({ key }) => keys.includes(key) && state[key] !== (after[key] ?? null),
    );
    if (later.length > 0)
      return { why: `${later.map(({ label }) => label).join(", ")}: changed again since.` };
    return { state: { ...state, ...before } };
  },
  write: (tx, { subjectId, wanted, cause }) => {
    const { retiredStatusId: _retired, isRetired: _isRetired, ...values } = wanted;
    return changeAsset(tx, { assetId: subjectId, values, cause });
  },
};

/** How the deeds of this module are undone. */
export const assetReversals: AnyReversal[] = [fields];

export const assetIrreversible: Irreversible[] = [
  {
    actions: ["model.created", "category.created", "status.created", "location.created"],
    why: "It stays in the list to choose from: assets may have it by now.",
  },
];
