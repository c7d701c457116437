import type { Session } from "#access";
import { notFound } from "#http";
import { findTenant, type Transaction } from "#tenancy";
import { findAsset, type AssetDetail } from "./store/assets.ts";

/**
 * The asset, if the session sees its tenant: at the super tenant every one, elsewhere one's own.
 * @throws HttpError 404
 */
export const requireVisibleAsset = async (
  tx: Transaction,
  id: string,
  session: Session,
): Promise<AssetDetail> => {
  const asset = await findAsset(tx, id);
  if (asset === undefined || !(session.isSuper || asset.tenantId === session.tenantId))
    throw notFound("Asset");
  return asset;
};

/**
 * The tenant that a request is about: the session's own, unless somebody at the super tenant names another.
 * @throws HttpError 404
 */
export const requireTenant = async (
  tx: Transaction,
  named: string | undefined,
  session: Session,
): Promise<string> => {
  if (named === undefined || named === session.tenantId) return session.tenantId;
  if (!session.isSuper || (await findTenant(tx, named)) === undefined) throw notFound("Tenant");
  return named;
};
