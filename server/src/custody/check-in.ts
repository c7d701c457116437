import { lockAccount } from "#accounts";
import { changeAsset, listStatuses, lockAsset, nameAsset } from "#assets";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { settleInRecovery } from "./close-recoveries.ts";
import { endCustody, findOpenCustody, type Outcome } from "./store/custodies.ts";

type CheckIn = {
  readonly assetId: string;
  readonly outcome: Outcome;
  readonly statusId?: string;
  readonly locationId?: string | null;
  readonly note: string | null;
  readonly cause: Cause;
};

/**
 * Takes an asset back, or writes it off, and closes the holder's recovery when that was the last item. Holds the
 * account, then the asset, then the recovery. What is written off never stays ready to be checked out.
 * @throws HttpError 404, 400 on an unknown status or location, 409 when nobody holds the asset
 */
export const checkIn = async (
  tx: Transaction,
  { assetId, outcome, statusId, locationId, note, cause }: CheckIn,
): Promise<void> => {
  const seen = await findOpenCustody(tx, assetId);
  if (seen !== undefined) await lockAccount(tx, seen.accountId);
  const asset = await lockAsset(tx, assetId);
  if (asset === undefined) throw notFound("Asset");
  const custody = await findOpenCustody(tx, assetId);
  if (seen === undefined || custody?.id !== seen.id || custody.accountId !== seen.accountId)
    throw conflict(
      custody === undefined ? `Nobody holds ${asset.tag}` : `${asset.tag} just changed hands`,
      "Look at the asset again: somebody may have checked it in a moment ago.",
    );
  await endCustody(tx, custody.id, { endedBy: cause.actor.name, outcome, endNote: note });
  const { name } = custody.account;
  record(tx, cause, [
    {
      action: outcome === "returned" ? "custody.checked-in" : "custody.written-off",
      sentence:
        outcome === "returned" ? `Returned by ${name}` : `Written off while ${name} held it`,
      subject: { kind: "asset", id: assetId, name: nameAsset(asset) },
      tenantId: asset.tenantId,
      before: {
        custodyId: custody.id,
        accountId: custody.accountId,
        holder: name,
        dueOn: custody.dueOn,
      },
      after: { custodyId: custody.id, outcome, note },
    },
  ]);
  const status = outcome === "returned" ? statusId : await statusOfLoss(tx, asset, statusId);
  const values = {
    ...(status !== undefined && { statusId: status }),
    ...(locationId !== undefined && { locationId }),
  };
  await changeAsset(tx, { assetId, values, cause });
  const person = { ...custody.account, tenantId: asset.tenantId };
  await settleInRecovery(tx, { person, custodyId: custody.id, cause });
};

type Asset = { readonly tenantId: string; readonly statusKind: string };

/** Which status a written-off asset gets: the chosen one, else the tenant's first archived one unless it fits already. */
const statusOfLoss = async (
  tx: Transaction,
  { tenantId, statusKind }: Asset,
  chosenId: string | undefined,
): Promise<string | undefined> => {
  const statuses = await listStatuses(tx, tenantId);
  if (chosenId !== undefined) {
    if (statuses.find(({ id }) => id === chosenId)?.kind !== "deployable") return chosenId;
    throw invalid(
      "What is written off cannot be ready to deploy",
      "Choose another status, such as Lost.",
      [{ path: "statusId", message: "is a deployable status" }],
    );
  }
  return statusKind === "deployable"
    ? statuses.find(({ kind }) => kind === "archived")?.id
    : undefined;
};
