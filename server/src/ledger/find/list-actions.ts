import { statement } from "#database";
import { limitsNow, listTenants, type Transaction } from "#tenancy";
import { sql, type RawBuilder } from "kysely";

/** What is of a place: seen within the limits of somebody's access role only, thing by thing. */
const placed = ["asset", "location", "category", "model"];

/** SQL: the assets that whoever asks may see, with `org_id` and `id`; the register of assets is a module above. */
export type AssetsInSight = (tx: Transaction) => RawBuilder<unknown>;

/**
 * Every action that the ledger has an entry of, as far as whoever asks may see it: of sealed entries as their seals say, of
 * the few others from themselves.
 */
export const listActions = async (
  tx: Transaction,
  assetsInSight: AssetsInSight,
): Promise<string[]> => {
  const { tenantId, scope } = limitsNow();
  const isOfTenants = tenantId !== null || (scope?.tenantIds ?? null) !== null;
  const isOfPlaces = (scope?.locationIds ?? scope?.categoryIds ?? null) !== null;
  const seen: RawBuilder<unknown>[] = [];
  if (isOfTenants) {
    const tenants = (await listTenants(tx)).map(({ id }) => id);
    seen.push(sql`split_part(deed, ' ', 1) = any(${tenants}::text[])`);
  }
  if (isOfPlaces) seen.push(sql`split_part(deed, ' ', 2) <> all(${placed}::text[])`);
  const rows = await tx.run(
    statement<{ action: string }>(sql`
      select split_part(deed, ' ', 3) as action
      from (select distinct unnest(deeds) as deed from ledger_seals where org_id = ${tx.orgId}) deeds
      where ${seen.length === 0 ? sql`true` : sql.join(seen, sql` and `)}
      union
      select action from ledger where org_id = ${tx.orgId} and transaction_id >= (
        select coalesce(max(last_transaction), 0) from ledger_seals where org_id = ${tx.orgId})
      ${isOfPlaces ? sql`union ${doneTo(assetsInSight(tx), tx)}` : sql``}
      order by action`),
  );
  return rows.map(({ action }) => action);
};

/**
 * What was ever done to assets that may be seen, action by action: a common one is found at one of the first assets, and a
 * rare one costs a look at each.
 */
const doneTo = (assets: RawBuilder<unknown>, tx: Transaction) => sql`
  select action from (
    select distinct split_part(deed, ' ', 3) as action
    from (select unnest(deeds) as deed from ledger_seals where org_id = ${tx.orgId}) deeds
    where split_part(deed, ' ', 2) = 'asset') known
  where exists (select from ${assets} a where exists (
    select from ledger l where l.org_id = a.org_id and l.subject_id = a.id and l.subject_kind = 'asset'
      and l.action = known.action offset 0))`;
