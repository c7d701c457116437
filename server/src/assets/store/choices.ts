import { query, statement } from "#database";
import { newId, type Transaction } from "#tenancy";
import { sql } from "kysely";

export type StatusKind = "deployable" | "pending" | "undeployable" | "archived";

type Owned = { readonly tenantId: string; readonly name: string };

export const listModels = (tx: Transaction, tenantId: string) => tx.run(selectModels(tx, tenantId));

export const selectModels = (tx: Transaction, tenantId: string) =>
  models(tx)
    .where("assetModels.tenantId", "=", tenantId)
    .orderBy(naturalOrder("assetModels.name"))
    .orderBy("assetModels.id");

/** In the words of the indexes: "Room 2" comes before "Room 10". */
const naturalOrder = (name: string) => sql<string>`natural_order(lower(${sql.ref(name)}))`;

const models = (tx: Transaction) =>
  query
    .selectFrom("assetModels")
    .leftJoin("assetCategories as category", (join) =>
      join
        .onRef("category.orgId", "=", "assetModels.orgId")
        .onRef("category.id", "=", "assetModels.categoryId"),
    )
    .select([
      "assetModels.id",
      "assetModels.name",
      "assetModels.manufacturer",
      "assetModels.categoryId",
      "category.name as categoryName",
    ])
    .where("assetModels.orgId", "=", tx.orgId);

export type ModelRow = Awaited<ReturnType<typeof listModels>>[number];

export const listCategories = (tx: Transaction, tenantId: string) =>
  tx.run(selectNamed(tx, "assetCategories", tenantId));

export const selectNamed = (
  tx: Transaction,
  table: "assetCategories" | "locations",
  tenantId: string,
) =>
  query
    .selectFrom(table)
    .select(["id", "name"])
    .where("orgId", "=", tx.orgId)
    .where("tenantId", "=", tenantId)
    .orderBy(naturalOrder("name"))
    .orderBy("id");

/** In the order in which they were made: the first deployable one is what a new asset gets. */
export const listStatuses = (tx: Transaction, tenantId: string) =>
  tx.run(
    query
      .selectFrom("assetStatuses")
      .select(["id", "name", "kind"])
      .$castTo<{ id: string; name: string; kind: StatusKind }>()
      .where("orgId", "=", tx.orgId)
      .where("tenantId", "=", tenantId)
      .orderBy("id"),
  );

export const listLocations = (tx: Transaction, tenantId: string) =>
  tx.run(selectNamed(tx, "locations", tenantId));

/** Gives undefined where the tenant has a model of that name, and so do the three below. */
export const insertModel = async (
  tx: Transaction,
  model: Owned & { readonly manufacturer: string | null; readonly categoryId: string | null },
) => {
  const made = await tx.first(
    query
      .insertInto("assetModels")
      .values({ orgId: tx.orgId, id: newId(), ...model })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id"),
  );
  return made && tx.first(models(tx).where("assetModels.id", "=", made.id));
};

export const insertCategory = (tx: Transaction, category: Owned) =>
  tx.first(
    query
      .insertInto("assetCategories")
      .values({ orgId: tx.orgId, id: newId(), ...category })
      .onConflict((conflict) => conflict.doNothing())
      .returning(["id", "name"]),
  );

export const insertStatus = (tx: Transaction, status: Owned & { readonly kind: StatusKind }) =>
  tx.first(
    query
      .insertInto("assetStatuses")
      .values({ orgId: tx.orgId, id: newId(), ...status })
      .onConflict((conflict) => conflict.doNothing())
      .returning(["id", "name", "kind"])
      .$castTo<{ id: string; name: string; kind: StatusKind }>(),
  );

export const insertLocation = (tx: Transaction, location: Owned) =>
  tx.first(
    query
      .insertInto("locations")
      .values({ orgId: tx.orgId, id: newId(), ...location })
      .onConflict((conflict) => conflict.doNothing())
      .returning(["id", "name"]),
  );

/** A model, category, status or location that an asset refers to. */
export type Choice = {
  readonly options: "models" | "categories" | "statuses" | "locations";
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** Of a model. */
  readonly manufacturer: string | null;
  /** Of a model: the category of assets that say none. */
  readonly categoryId: string | null;
  /** Of a status. */
  readonly statusKind: StatusKind | null;
};

/** All choices with these ids, whatever they are, in one message. */
export const findChoices = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, Choice>> => {
  if (ids.length === 0) return new Map();
  const wanted = sql`org_id = ${tx.orgId} and id = any(${[...ids]}::uuid[])`;
  const choices = await tx.run(
    statement<Choice>(sql`
      select 'models' as options, id, tenant_id, name, manufacturer, category_id, null as status_kind
        from asset_models where ${wanted}
      union all select 'categories', id, tenant_id, name, null, null, null from asset_categories where ${wanted}
      union all select 'statuses', id, tenant_id, name, null, null, kind from asset_statuses where ${wanted}
      union all select 'locations', id, tenant_id, name, null, null, null from locations where ${wanted}`),
  );
  return new Map(choices.map((choice) => [choice.id, choice]));
};

/** Those of some ids that are locations, and those that are categories. */
export const findPlaces = async (tx: Transaction, ids: readonly string[]) => {
  const found = [...(await findChoices(tx, ids)).values()];
  const those = (options: Choice["options"]) =>
    new Map(
      found.filter((choice) => choice.options === options).map((choice) => [choice.id, choice]),
    );
  return { locations: those("locations"), categories: those("categories") };
};
