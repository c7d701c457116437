import { notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { claimTag } from "./claim-tag.ts";
import { describeChange } from "./describe-change.ts";
import { cleanValues, type AssetValues } from "./fields.ts";
import { nameAsset } from "./name-asset.ts";
import { checkReferences, readChoices, searchText } from "./references.ts";
import { findAsset, lockAsset, updateAsset, valuesOf } from "./store/assets.ts";

type AssetChange = {
  readonly assetId: string;
  readonly values: Partial<AssetValues>;
  readonly cause: Cause;
};

/**
 * Changes fields of an asset; what is as it was is not touched.
 * @throws HttpError 404, 400 on an unknown model, category, status or location, 409 when another asset has the tag
 */
export const changeAsset = async (
  tx: Transaction,
  { assetId, values, cause }: AssetChange,
): Promise<void> => {
  const given = cleanValues(values);
  const tenantId = (await findAsset(tx, assetId))?.tenantId;
  if (tenantId === undefined) throw notFound("Asset");
  if (given.tag !== undefined) await claimTag(tx, { tenantId, tag: given.tag, assetId });
  const asset = await lockAsset(tx, assetId);
  if (asset === undefined) throw notFound("Asset");
  const before = valuesOf(asset);
  const after = { ...before, ...given };
  const choices = await readChoices(tx, before, after);
  checkReferences(tenantId, given, choices);
  const change = describeChange(before, after, choices);
  if (change === undefined) return;
  updateAsset(tx, { id: assetId, values: after, search: searchText(after, choices) });
  record(tx, cause, [
    {
      action: "asset.changed",
      subject: { kind: "asset", id: assetId, name: nameAsset(after) },
      tenantId,
      ...change,
    },
  ]);
};
