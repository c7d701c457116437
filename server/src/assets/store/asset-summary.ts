import type { Transaction } from "#tenancy";
import { sql, type Expression } from "kysely";

export type AssetSummary = {
  readonly id: string;
  readonly tag: string;
  readonly name: string;
  readonly model: string | null;
  readonly category: string | null;
};

/** SQL: what to call the asset whose id is in `assetId`, for statements of other modules. */
export const assetSummary = (tx: Transaction, assetId: Expression<unknown>) =>
  sql<AssetSummary>`(
    select jsonb_build_object('id', a.id, 'tag', a.tag, 'name', coalesce(a.name, ''), 'model', m.name, 'category', c.name)
    from assets a
    left join asset_models m on m.org_id = a.org_id and m.id = a.model_id
    left join asset_categories c on c.org_id = a.org_id and c.id = a.category_id
    where a.org_id = ${tx.orgId} and a.id = ${assetId})`;
