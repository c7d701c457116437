import { accountSummary } from "#accounts";
import { assetSummary } from "#assets";
import { query, type DB } from "#database";
import { newId, type Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";

export type Outcome = "returned" | "written-off";

/** Custodies with what to call the asset and its holder. */
const custodies = (tx: Transaction) =>
  query
    .selectFrom("custodies")
    .select((eb) => [
      "id",
      "assetId",
      "accountId",
      "checkedOutAt",
      "checkedOutBy",
      "dueOn",
      "note",
      "endedAt",
      "endedBy",
      "endNote",
      "outcome",
      assetSummary(tx, eb.ref("custodies.assetId")).as("asset"),
      accountSummary(tx, eb.ref("custodies.accountId")).as("account"),
    ])
    .$narrowType<{ outcome: Outcome | null }>()
    .where("orgId", "=", tx.orgId);

export type CustodyRow = NonNullable<Awaited<ReturnType<typeof findOpenCustody>>>;

export const findOpenCustody = (tx: Transaction, assetId: string) =>
  tx.first(custodies(tx).where("assetId", "=", assetId).where("endedAt", "is", null));

export const listOpenCustodies = (tx: Transaction, assetIds: readonly string[]) =>
  assetIds.length === 0
    ? Promise.resolve([])
    : tx.run(
        custodies(tx)
          .where("assetId", "in", [...assetIds])
          .where("endedAt", "is", null),
      );

export const listCustodiesByIds = (tx: Transaction, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx.run(
        custodies(tx)
          .where("id", "in", [...ids])
          .orderBy("id"),
      );

/** Of an asset, or of a holder; open ones only, or all. */
export type CustodyFilter = {
  readonly assetId?: string;
  readonly accountId?: string;
  readonly open?: boolean;
};

type Place = { readonly before: string | undefined; readonly limit: number };

/** Newest first. */
export const selectCustodies = (
  tx: Transaction,
  filter: CustodyFilter,
  { before, limit }: Place,
) => {
  const select = custodies(tx)
    .where((eb) => matches(filter, eb))
    .orderBy("id", "desc")
    .limit(limit);
  return before === undefined ? select : select.where("id", "<", before);
};

export const countCustodies = async (tx: Transaction, filter: CustodyFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("custodies")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("orgId", "=", tx.orgId)
      .where((eb) => matches(filter, eb)),
  );
  return Number(row?.total ?? 0);
};

const matches = (
  { assetId, accountId, open = false }: CustodyFilter,
  eb: ExpressionBuilder<DB, "custodies">,
): Expression<SqlBool> => {
  const conditions: Expression<SqlBool>[] = [];
  if (assetId !== undefined) conditions.push(eb("assetId", "=", assetId));
  if (accountId !== undefined) conditions.push(eb("accountId", "=", accountId));
  if (open) conditions.push(eb("endedAt", "is", null));
  return eb.and(conditions);
};

/** SQL: whether the asset is held, by this holder or by anybody. */
export const isHeld = (
  tx: Transaction,
  assetId: Expression<string>,
  holderId?: string,
): Expression<SqlBool> => {
  const open = query
    .selectFrom("custodies")
    .select("custodies.id")
    .where("custodies.orgId", "=", tx.orgId)
    .where("custodies.assetId", "=", assetId)
    .where("custodies.endedAt", "is", null);
  return sql<SqlBool>`exists (${holderId === undefined ? open : open.where("custodies.accountId", "=", holderId)})`;
};

/** How many items each of some accounts holds; who holds none is not in it. */
export const countHeld = async (
  tx: Transaction,
  accountIds: readonly string[],
): Promise<Map<string, number>> => {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.run(
    query
      .selectFrom("custodies")
      .select((eb) => ["accountId", eb.fn.countAll<string>().as("held")])
      .where("orgId", "=", tx.orgId)
      .where("accountId", "in", [...accountIds])
      .where("endedAt", "is", null)
      .groupBy("accountId"),
  );
  return new Map(rows.map(({ accountId, held }) => [accountId, Number(held)]));
};

type NewCustody = {
  readonly tenantId: string;
  readonly assetId: string;
  readonly accountId: string;
  readonly checkedOutBy: string;
  readonly dueOn: string | null;
  readonly note: string | null;
};

/** Gives undefined when somebody holds the asset already. */
export const insertCustody = (tx: Transaction, custody: NewCustody) =>
  tx.first(
    query
      .insertInto("custodies")
      .values({ orgId: tx.orgId, id: newId(), checkedOutAt: tx.now, ...custody })
      .onConflict((conflict) =>
        conflict.columns(["orgId", "assetId"]).where("endedAt", "is", null).doNothing(),
      )
      .returning("id"),
  );

type End = { readonly endedBy: string; readonly outcome: Outcome; readonly endNote: string | null };

/** Writes it now: whether the holder's recovery is over is asked next. */
export const endCustody = async (tx: Transaction, id: string, end: End): Promise<void> => {
  await tx.run(
    query
      .updateTable("custodies")
      .set({ endedAt: tx.now, ...end })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .where("endedAt", "is", null),
  );
};
