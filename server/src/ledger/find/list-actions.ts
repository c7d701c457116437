import { statement } from "#database";
import { limitsNow, listTenants, type Transaction } from "#tenancy";
import { sql, type RawBuilder } from "kysely";

/** What is of a place: seen within the limits of somebody's access role only, thing by thing. */
const placed = ["asset", "location", "category", "model"];

/** As far back as it is looked, for somebody limited to some places, what was done to the assets there. */
const mostStretches = 200;

/**
 * Every action that the ledger has an entry of, as far as whoever asks may see it: of sealed entries as their seals say, of
 * the few others from themselves.
 */
export const listActions = async (tx: Transaction): Promise<string[]> => {
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
      ${isOfPlaces ? sql`union ${doneToAssets(tx)}` : sql``}
      order by action`),
  );
  return rows.map(({ action }) => action);
};

/** The ledger shows the entries of assets that may be seen. */
const doneToAssets = (tx: Transaction) => sql`
  select done.action
  from (select * from ledger_seals where org_id = ${tx.orgId} and array_to_string(deeds, ',') like '% asset %'
    order by number desc limit ${mostStretches}) s
  cross join lateral (select l.action from ledger l where l.org_id = s.org_id and l.subject_kind = 'asset'
    and (l.transaction_id, l.id) >= (s.first_transaction, s.first_id)
    and (l.transaction_id, l.id) <= (s.last_transaction, s.last_id)) done`;
