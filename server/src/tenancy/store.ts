import { foldForSearch, query, searchPatterns, type DB } from "#database";
import { conflict } from "#http";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import { newId } from "./ids.ts";
import type { InOrganisation, Transaction } from "./transaction.ts";

export type Tenant = {
  readonly id: string;
  readonly name: string;
  readonly isSuper: boolean;
  readonly archivedAt: Date | null;
};

const columns = ["id", "name", "isSuper", "archivedAt"] as const;

/** Makes the organisation this transaction is bound to, with its super tenant. Gives the super tenant. */
export const insertOrganisation = async (tx: Transaction, name: string): Promise<Tenant> => {
  await tx.run(query.insertInto("organisations").values({ orgId: tx.orgId, name }));
  return insert(tx, { name, isSuper: true });
};

/** @throws HttpError 409 when the name is taken */
export const insertTenant = (tx: Transaction, name: string): Promise<Tenant> =>
  insert(tx, { name, isSuper: false });

const insert = async (tx: Transaction, tenant: Pick<Tenant, "name" | "isSuper">) => {
  const row = { id: newId(), ...tenant, archivedAt: null };
  await named(row.name, () =>
    tx.run(query.insertInto("tenants").values({ orgId: tx.orgId, ...row, ...keysOf(row.name) })),
  );
  return row;
};

/** As names are sorted and searched; and as they are compared: a name is taken once, in any letter case. */
const keysOf = (name: string) => ({
  sortName: foldForSearch(name),
  nameKey: name.normalize("NFKC").toLowerCase(),
});

/** The unique index says whether a name is free, so of two at the same moment one is told. */
const named = async <Result>(name: string, write: () => Promise<Result>): Promise<Result> => {
  try {
    return await write();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "tenants_name_key") throw error;
    throw conflict(
      "That name is taken",
      `There is a tenant named "${name}" already, perhaps an archived one. Give this one another name.`,
    );
  }
};

export const findOrganisation = (
  tx: Transaction,
): Promise<{ orgId: string; name: string } | undefined> =>
  tx.first(
    query.selectFrom("organisations").select(["orgId", "name"]).where("orgId", "=", tx.orgId),
  );

/** In the words of the index: "Customer 2" comes before "Customer 10". */
const naturalOrder = sql<string>`natural_order(sort_name)`;

/** The super tenant first, then by name; archived ones too. */
export const listTenants = (tx: Transaction): Promise<Tenant[]> =>
  tx.run(
    query
      .selectFrom("tenants")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .orderBy("isSuper", "desc")
      .orderBy(naturalOrder),
  );

const tenant = (tx: Transaction, id: string) =>
  query.selectFrom("tenants").select(columns).where("orgId", "=", tx.orgId).where("id", "=", id);

export const findTenant = (tx: Transaction, id: string): Promise<Tenant | undefined> =>
  tx.first(tenant(tx, id));

/** The tenant, held until the transaction ends: it is not archived meanwhile. */
export const keepTenant = (tx: Transaction, id: string): Promise<Tenant | undefined> =>
  tx.first(tenant(tx, id).forShare());

export type TenantFilter = {
  readonly search?: string;
  readonly state?: "active" | "archived";
};

/** Tenants by name, from the one after `after` (its folded name and id) on. */
export const pageOfTenants = (
  tx: Transaction,
  filter: TenantFilter,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
) => {
  let select = query
    .selectFrom("tenants")
    .select([...columns, "sortName"])
    .where((eb) => matches(tx, filter, eb))
    .orderBy(naturalOrder)
    .orderBy("id")
    .limit(limit);
  if (after !== undefined) {
    const [name, id] = after;
    select = select.where(
      sql<SqlBool>`(${naturalOrder}, id) > (natural_order(${name}::text), ${id}::uuid)`,
    );
  }
  return tx.run(select);
};

export const countTenants = async (tx: Transaction, filter: TenantFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("tenants")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

const matches = (
  tx: Transaction,
  { search = "", state }: TenantFilter,
  eb: ExpressionBuilder<DB, "tenants">,
): Expression<SqlBool> =>
  eb.and([
    eb("orgId", "=", tx.orgId),
    ...(state === undefined
      ? []
      : [eb("archivedAt", state === "archived" ? "is not" : "is", null)]),
    ...searchPatterns(search).map((pattern) => eb("sortName", "like", pattern)),
  ]);

/** @throws HttpError 409 when the name is taken */
export const renameTenant = async (tx: Transaction, id: string, name: string): Promise<void> => {
  const rename = query
    .updateTable("tenants")
    .set({ name, ...keysOf(name) })
    .where("orgId", "=", tx.orgId)
    .where("id", "=", id);
  await named(name, () => tx.run(rename));
};

/** Writes it now: the decisions that follow read it. */
export const setArchived = async (
  tx: Transaction,
  id: string,
  archivedAt: Date | null,
): Promise<void> => {
  await tx.run(
    query
      .updateTable("tenants")
      .set({ archivedAt })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** SQL: the ids of the archived tenants as a JSON array, for statements of other modules. */
export const archivedTenants = (tx: InOrganisation) =>
  sql<string[]>`(select coalesce(jsonb_agg(t.id), '[]')
    from tenants t where t.org_id = ${tx.orgId} and t.archived_at is not null)`;
