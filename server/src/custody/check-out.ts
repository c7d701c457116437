import { lockAccount } from "#accounts";
import { lockAsset, nameAsset } from "#assets";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { findOpenCustody, insertCustody } from "./store/custodies.ts";

type CheckOut = {
  readonly assetId: string;
  readonly accountId: string;
  readonly dueOn: string | null;
  readonly note: string | null;
  readonly cause: Cause;
};

/**
 * Gives an asset into somebody's hands. Holds the account, then the asset, as every transaction about custody does:
 * two of them never wait for each other, and a check-out and a disable of the same person follow each other.
 * @throws HttpError 404, 400 on nobody of the asset's tenant, 409 when the asset is held, the person is Disabled, or the
 *   asset's status is not deployable
 */
export const checkOut = async (
  tx: Transaction,
  { assetId, accountId, dueOn, note, cause }: CheckOut,
): Promise<void> => {
  const account = await lockAccount(tx, accountId);
  const asset = await lockAsset(tx, assetId);
  if (asset === undefined) throw notFound("Asset");
  if (account?.tenantId !== asset.tenantId)
    throw invalid(
      "That person is not there",
      "Choose somebody with a Sub Account in the asset's tenant.",
      [{ path: "accountId", message: "is not a Sub Account of the asset's tenant" }],
    );
  const open = await findOpenCustody(tx, assetId);
  if (open !== undefined)
    throw conflict(
      `${asset.tag} is held by ${open.account.name}`,
      `Check it in from ${open.account.name} first; then it can be checked out again.`,
    );
  if (account.status !== "active")
    throw conflict(
      `${account.name} is Disabled`,
      "Nothing can be checked out to somebody who is Disabled. Choose somebody else.",
    );
  if (asset.statusKind !== "deployable")
    throw conflict(
      `${asset.tag} is not ready: ${asset.statusName}`,
      "Only an asset whose status is deployable can be checked out. Change its status first.",
    );
  const checkedOutBy = cause.actor.name;
  const { tenantId } = asset;
  const custody = await insertCustody(tx, {
    tenantId,
    assetId,
    accountId,
    checkedOutBy,
    dueOn,
    note,
  });
  if (custody === undefined)
    throw conflict(`${asset.tag} is held`, "Look at it again: it was just checked out.");
  record(tx, cause, [
    {
      action: "custody.checked-out",
      sentence: `Checked out to ${account.name}${dueOn === null ? "" : `, due back on ${dueOn}`}`,
      subject: { kind: "asset", id: assetId, name: nameAsset(asset) },
      tenantId,
      after: { custodyId: custody.id, accountId, holder: account.name, dueOn, note },
    },
  ]);
};
