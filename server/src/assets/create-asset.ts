import { conflict } from "#http";
import { record, type Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import { claimNextTag, claimTag } from "./claim-tag.ts";
import { assetFields, cleanValues, type AssetValues } from "./fields.ts";
import { nameAsset } from "./name-asset.ts";
import { checkReferences, readChoices, searchText } from "./references.ts";
import { insertAsset } from "./store/assets.ts";
import { listStatuses } from "./store/choices.ts";

type NewAsset = {
  readonly tenantId: string;
  readonly values: Partial<AssetValues>;
  readonly cause: Cause;
};

/**
 * Registers an asset. What is left out is filled in: the tag with the next free number, the status with the tenant's
 * first deployable one, the category with the model's.
 * @returns the id
 * @throws HttpError 400 on an unknown model, category, status or location, 409 when another asset has the tag
 */
export const createAsset = async (
  tx: Transaction,
  { tenantId, values, cause }: NewAsset,
): Promise<string> => {
  const id = newId();
  const given = cleanValues(values);
  const choices = new Map(await readChoices(tx, given));
  checkReferences(tenantId, given, choices);
  const filled = await fillIn(tx, tenantId, {
    ...given,
    categoryId: given.categoryId ?? choices.get(String(given.modelId))?.categoryId ?? null,
  });
  for (const [key, choice] of await readChoices(tx, filled)) choices.set(key, choice);
  if (given.tag !== undefined) await claimTag(tx, { tenantId, tag: given.tag, assetId: id });
  insertAsset(tx, { id, tenantId, values: filled, search: searchText(filled, choices) });
  record(tx, cause, [
    {
      action: "asset.created",
      sentence: `Registered, ${choices.get(filled.statusId)?.name}`,
      subject: { kind: "asset", id, name: nameAsset(filled) },
      tenantId,
      after: Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== null)),
    },
  ]);
  return id;
};

const fillIn = async (
  tx: Transaction,
  tenantId: string,
  given: Partial<AssetValues>,
): Promise<AssetValues> => {
  const empty = Object.fromEntries(assetFields.map(({ key }) => [key, null]));
  return {
    ...(empty as unknown as AssetValues),
    ...given,
    statusId: given.statusId ?? (await firstStatus(tx, tenantId)),
    tag: given.tag ?? (await claimNextTag(tx, tenantId)),
  };
};

const firstStatus = async (tx: Transaction, tenantId: string): Promise<string> => {
  const statuses = await listStatuses(tx, tenantId);
  const first = statuses.find(({ kind }) => kind === "deployable") ?? statuses[0];
  if (first === undefined)
    throw conflict("This tenant has no asset status", "Make one first, such as Ready to deploy.");
  return first.id;
};
