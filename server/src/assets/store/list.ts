import { query, searchPatterns, type DB } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import { assetFields, type SortableField } from "../fields.ts";
import type { Holdings } from "../holdings.ts";
import { assetsWithNames } from "./assets.ts";

export type AssetFilter = {
  readonly search?: string;
  readonly tenantId?: string;
  readonly statusId?: string;
  readonly categoryId?: string;
  readonly modelId?: string;
  readonly locationId?: string;
  readonly holderId?: string;
  readonly held?: boolean;
};

type SortName = SortableField | "changed";
export type AssetSort = SortName | `-${SortName}`;

const sortNames = [
  ...assetFields.flatMap((field): SortName[] => (field.sortable ? [field.key] : [])),
  "changed" as const,
];

/** Sort orders a list may have, each with an index behind it. */
export const assetSorts = sortNames.flatMap((name): AssetSort[] => [name, `-${name}`]);

const sortKeys = { tag: "tagKey", name: "nameKey", changed: "changedAt" } as const satisfies Record<
  SortName,
  string
>;

type Place = {
  readonly sort: AssetSort;
  readonly after: readonly string[] | undefined;
  readonly limit: number;
};

type Wanted = { readonly filter: AssetFilter; readonly isHeld: Holdings["isHeld"] };

/** Assets that match, from the row after `after` (its sort key and id) on. */
export const listAssets = (tx: Transaction, wanted: Wanted, place: Place) =>
  tx.run(selectAssets(tx, wanted, place));

export const selectAssets = (tx: Transaction, wanted: Wanted, { sort, after, limit }: Place) => {
  const descending = sort.startsWith("-");
  const name = sort.replace("-", "") as SortName;
  const key = sql.ref<string>(`assets.${sortKeys[name]}`);
  const direction = descending ? "desc" : "asc";
  const select = assetsWithNames(tx)
    .select(sql<string>`${key}::text`.as("sortKey"))
    .where((eb) => matches(tx, wanted, eb))
    .orderBy(key, direction)
    .orderBy("assets.id", direction)
    .limit(limit);
  if (after === undefined) return select;
  const [value, id] = after;
  const type = name === "changed" ? sql`timestamptz` : sql`text`;
  return select.where(
    sql<SqlBool>`(${key}, assets.id) ${descending ? sql`<` : sql`>`} (${value}::${type}, ${id}::uuid)`,
  );
};

export const countAssets = async (tx: Transaction, wanted: Wanted): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("assets")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("assets.orgId", "=", tx.orgId)
      .where((eb) => matches(tx, wanted, eb)),
  );
  return Number(row?.total ?? 0);
};

/** How many assets each tenant has. */
export const countAssetsByTenant = async (tx: Transaction) => {
  const rows = await tx.run(
    query
      .selectFrom("assets")
      .select((eb) => ["tenantId", eb.fn.countAll<string>().as("assets")])
      .where("orgId", "=", tx.orgId)
      .groupBy("tenantId"),
  );
  return rows.map(({ tenantId, assets }) => ({ tenantId, assets: Number(assets) }));
};

/** Assets in all, held, and free to be checked out, for the overview. Without a tenant: of the whole organisation. */
export const summarizeAssets = async (
  tx: Transaction,
  isHeld: Holdings["isHeld"],
  tenantId?: string,
): Promise<{ total: number; held: number; available: number }> => {
  let select = query
    .selectFrom("assets")
    .innerJoin("assetStatuses as status", (join) =>
      join.onRef("status.orgId", "=", "assets.orgId").onRef("status.id", "=", "assets.statusId"),
    )
    .select((eb) => {
      const held = isHeld(tx, eb.ref("assets.id"));
      return [
        eb.fn.countAll<string>().as("total"),
        eb.fn.countAll<string>().filterWhere(held).as("held"),
        eb.fn
          .countAll<string>()
          .filterWhere(eb.and([eb("status.kind", "=", "deployable"), eb.not(held)]))
          .as("available"),
      ];
    })
    .where("assets.orgId", "=", tx.orgId);
  if (tenantId !== undefined) select = select.where("assets.tenantId", "=", tenantId);
  const row = await tx.first(select);
  return {
    total: Number(row?.total ?? 0),
    held: Number(row?.held ?? 0),
    available: Number(row?.available ?? 0),
  };
};

const equals = ["tenantId", "statusId", "categoryId", "modelId", "locationId"] as const;

const matches = (
  tx: Transaction,
  { filter, isHeld }: Wanted,
  eb: ExpressionBuilder<DB, "assets">,
): Expression<SqlBool> => {
  const conditions: Expression<SqlBool>[] = [];
  for (const key of equals) {
    const value = filter[key];
    if (value !== undefined) conditions.push(eb(`assets.${key}`, "=", value));
  }
  if (filter.holderId !== undefined)
    conditions.push(isHeld(tx, eb.ref("assets.id"), filter.holderId));
  if (filter.held === true) conditions.push(isHeld(tx, eb.ref("assets.id")));
  if (filter.held === false) conditions.push(eb.not(isHeld(tx, eb.ref("assets.id"))));
  for (const pattern of searchPatterns(filter.search ?? ""))
    conditions.push(eb("assets.search", "like", pattern));
  return eb.and(conditions);
};
