import { foldForSearch, query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/**
 * Holds the tenant's tags until the transaction ends, so that they are given out one at a time: what is free now is
 * still free when it is written. Gives the next number to try.
 */
export const holdTags = async (tx: Transaction, tenantId: string): Promise<number> => {
  const counter = await tx.first(
    statement<{ next: number }>(sql`
      insert into asset_tag_counters (org_id, tenant_id, next) values (${tx.orgId}, ${tenantId}, 1)
      on conflict (org_id, tenant_id) do update set next = asset_tag_counters.next
      returning next`),
  );
  return counter!.next;
};

export const advanceTags = (tx: Transaction, tenantId: string, next: number): void => {
  tx.defer(
    query
      .updateTable("assetTagCounters")
      .set({ next })
      .where("orgId", "=", tx.orgId)
      .where("tenantId", "=", tenantId),
  );
};

/** The assets that have one of these tags, whatever its case. */
export const findByTags = (tx: Transaction, tenantId: string, tags: readonly string[]) =>
  tx.run(
    query
      .selectFrom("assets")
      .select(["id", "tag", "tagKey", "name"])
      .where("orgId", "=", tx.orgId)
      .where("tenantId", "=", tenantId)
      .where("tagKey", "in", tags.map(foldForSearch)),
  );
