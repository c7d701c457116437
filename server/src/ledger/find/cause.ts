import { query } from "#database";
import type { Transaction } from "#tenancy";

/** What is known of a cause from its effects: what it was and how many it has; undefined where it has none (to be seen). */
export const findCause = async (tx: Transaction, causeId: string, tenantId?: string) => {
  let effects = query
    .selectFrom("ledger")
    .where("orgId", "=", tx.orgId)
    .where("causeId", "=", causeId);
  if (tenantId !== undefined) effects = effects.where("tenantId", "=", tenantId);
  const first = await tx.first(
    effects.select(["causeKind", "causeSentence", "actorName", "at"]).orderBy("id").limit(1),
  );
  const counted = await tx.first(effects.select((eb) => eb.fn.countAll<string>().as("effects")));
  return first && { ...first, id: causeId, effects: Number(counted?.effects ?? 0) };
};

export const findEntry = (tx: Transaction, id: string) =>
  tx.first(
    query.selectFrom("ledger").selectAll().where("orgId", "=", tx.orgId).where("id", "=", id),
  );
