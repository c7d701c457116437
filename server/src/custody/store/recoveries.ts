import { accountMatches, accountSummary } from "#accounts";
import { query, statement, type DB } from "#database";
import { newId, type Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";

type Leaver = { readonly id: string; readonly tenantId: string };
export type Opened = {
  readonly accountId: string;
  readonly recoveryId: string;
  readonly items: number;
};

/**
 * Opens a recovery for those of some people who hold anything, about all that they hold, in one message.
 * Their accounts are held, so that nothing is checked out to them or checked in from them meanwhile.
 */
export const insertRecoveries = (
  tx: Transaction,
  leavers: readonly Leaver[],
  because: string,
): Promise<Opened[]> => {
  const rows = leavers.map(({ id, tenantId }) => ({
    id: newId(),
    account_id: id,
    tenant_id: tenantId,
  }));
  return tx.run(
    statement<Opened>(sql`
      with leaver as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as leaver (id uuid, account_id uuid, tenant_id uuid)
      ), held as (
        select c.id, c.account_id from leaver
        join custodies c on c.org_id = ${tx.orgId} and c.account_id = leaver.account_id and c.ended_at is null
      ), opened as (
        insert into recoveries (org_id, id, tenant_id, account_id, opened_at, opened_because)
        select ${tx.orgId}::uuid, id, tenant_id, account_id, ${tx.now}::timestamptz, ${because}::text
        from leaver where account_id in (select account_id from held)
        on conflict (org_id, account_id) where closed_at is null do nothing
        returning id, account_id
      ), items as (
        insert into recovery_items (org_id, recovery_id, custody_id)
        select ${tx.orgId}::uuid, opened.id, held.id from opened join held using (account_id)
      )
      select opened.account_id, opened.id as recovery_id, count(*)::int as items
      from opened join held using (account_id) group by opened.account_id, opened.id`),
  );
};

/** Gives the accounts whose recovery was open and is now closed. */
export const closeRecoveriesOf = (
  tx: Transaction,
  accountIds: readonly string[],
  because: string,
) =>
  tx.run(
    query
      .updateTable("recoveries")
      .set({ closedAt: tx.now, closedBecause: because })
      .where("orgId", "=", tx.orgId)
      .where("accountId", "in", [...accountIds])
      .where("closedAt", "is", null)
      .returning(["id", "accountId"]),
  );

/** The open recovery of an account, held until the transaction ends; after its account and the asset. */
export const lockOpenRecovery = (tx: Transaction, accountId: string) =>
  tx.first(
    query
      .selectFrom("recoveries")
      .select("id")
      .where("orgId", "=", tx.orgId)
      .where("accountId", "=", accountId)
      .where("closedAt", "is", null)
      .forNoKeyUpdate(),
  );

/** Notes that an item came back or was written off. Gives how many of the recovery's items are still out. */
export const settleRecoveryItem = async (
  tx: Transaction,
  recoveryId: string,
  custodyId: string,
): Promise<number> => {
  await tx.run(
    query
      .updateTable("recoveryItems")
      .set({ isSettled: true })
      .where("orgId", "=", tx.orgId)
      .where("recoveryId", "=", recoveryId)
      .where("custodyId", "=", custodyId),
  );
  const row = await tx.first(
    query
      .selectFrom("recoveryItems")
      .select((eb) => eb.fn.countAll<string>().as("outstanding"))
      .where("orgId", "=", tx.orgId)
      .where("recoveryId", "=", recoveryId)
      .where("isSettled", "=", false),
  );
  return Number(row?.outstanding ?? 0);
};

export type RecoveryFilter = {
  readonly tenantId?: string;
  readonly state?: "open" | "closed";
  readonly search?: string;
};

/** Recoveries with their person, and how many of their items are out, and back; of closed ones, when they were closed. */
const recoveries = (tx: Transaction) =>
  query
    .selectFrom("recoveries")
    .select((eb) => [
      "recoveries.id",
      "recoveries.tenantId",
      "recoveries.openedAt",
      "recoveries.openedBecause",
      "recoveries.closedAt",
      "recoveries.closedBecause",
      accountSummary(tx, eb.ref("recoveries.accountId")).as("account"),
      countItems(tx, "outstanding").as("outstanding"),
      countItems(tx, "returned").as("returned"),
    ])
    .where("recoveries.orgId", "=", tx.orgId);

const countItems = (tx: Transaction, which: "outstanding" | "returned") =>
  sql<number>`(
    select count(*)::int from recovery_items i
    where i.org_id = ${tx.orgId} and i.recovery_id = recoveries.id
      and i.is_settled = ${which === "returned"})`;

export const findRecovery = (tx: Transaction, id: string) =>
  tx.first(recoveries(tx).where("recoveries.id", "=", id));

export type RecoveryRow = NonNullable<Awaited<ReturnType<typeof findRecovery>>>;

/** The custodies that a recovery is about. */
export const listRecoveryItems = async (tx: Transaction, recoveryId: string): Promise<string[]> => {
  const rows = await tx.run(
    query
      .selectFrom("recoveryItems")
      .select("custodyId")
      .where("orgId", "=", tx.orgId)
      .where("recoveryId", "=", recoveryId),
  );
  return rows.map(({ custodyId }) => custodyId);
};

type Place = { readonly before: string | undefined; readonly limit: number };

/** Newest first. */
export const selectRecoveries = (
  tx: Transaction,
  filter: RecoveryFilter,
  { before, limit }: Place,
) => {
  const select = recoveries(tx)
    .where((eb) => matches(tx, filter, eb))
    .orderBy("recoveries.id", "desc")
    .limit(limit);
  return before === undefined ? select : select.where("recoveries.id", "<", before);
};

export const countRecoveries = async (tx: Transaction, filter: RecoveryFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("recoveries")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("recoveries.orgId", "=", tx.orgId)
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

/** Open recoveries and the items still out, for the overview. Without a tenant: of the whole organisation. */
export const summarizeRecoveries = async (
  tx: Transaction,
  tenantId?: string,
): Promise<{ open: number; items: number }> => {
  let open = query
    .selectFrom("recoveries")
    .select((eb) => [
      eb.fn.countAll<string>().as("open"),
      eb.fn.sum<string | null>(countItems(tx, "outstanding")).as("items"),
    ])
    .where("orgId", "=", tx.orgId)
    .where("closedAt", "is", null);
  if (tenantId !== undefined) open = open.where("tenantId", "=", tenantId);
  const row = await tx.first(open);
  return { open: Number(row?.open ?? 0), items: Number(row?.items ?? 0) };
};

/** Disabled people who still hold something, by tenant: each has an open recovery. */
export const countDisabledHoldersByTenant = async (tx: Transaction) => {
  const rows = await tx.run(
    query
      .selectFrom("recoveries")
      .select((eb) => ["tenantId", eb.fn.countAll<string>().as("holders")])
      .where("orgId", "=", tx.orgId)
      .where("closedAt", "is", null)
      .groupBy("tenantId"),
  );
  return rows.map(({ tenantId, holders }) => ({ tenantId, disabledHolders: Number(holders) }));
};

const matches = (
  tx: Transaction,
  { tenantId, state, search }: RecoveryFilter,
  eb: ExpressionBuilder<DB, "recoveries">,
): Expression<SqlBool> => {
  const conditions: Expression<SqlBool>[] = [];
  if (tenantId !== undefined) conditions.push(eb("recoveries.tenantId", "=", tenantId));
  if (state === "open") conditions.push(eb("recoveries.closedAt", "is", null));
  if (state === "closed") conditions.push(eb("recoveries.closedAt", "is not", null));
  if (search !== undefined && search.trim() !== "")
    conditions.push(accountMatches(tx, eb.ref("recoveries.accountId"), search));
  return eb.and(conditions);
};
