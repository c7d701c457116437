import { roleName } from "#access";
import { query, searchPatterns, type DB } from "#database";
import { groupName, hasFacet, isMemberOf } from "#directory";
import type { Transaction } from "#tenancy";
import { soonAfter } from "../ends-soon.ts";
import { locksEndingBy } from "./locks.ts";
import { sql, type ExpressionBuilder, type Expression, type SqlBool } from "kysely";

export type AccountFilter = {
  readonly search?: string;
  readonly status?: "active" | "disabled";
  readonly roleId?: string;
  readonly origin?: "lock" | "mapping" | "default" | "hand";
  readonly lock?: "drifted" | "ending";
  readonly groupId?: string;
  /** What stands for a value of an attribute of the person. */
  readonly facet?: string;
  readonly tenantId?: string;
};

/** Sort orders a list may have, each with an index behind it. */
export const accountSorts = ["name", "-name", "changed", "-changed", "email", "-email"] as const;
export type AccountSort = (typeof accountSorts)[number];

const sortKeys = {
  name: sql<string>`sort_name`,
  changed: sql<string>`changed_at`,
  email: sql<string>`sort_email`,
};

type Place = {
  readonly sort: AccountSort;
  readonly after: readonly string[] | undefined;
  readonly limit: number;
};

/** Accounts that match, from the row after `after` (its sort key and id) on. */
export const selectAccounts = (
  tx: Transaction,
  filter: AccountFilter,
  { sort, after, limit }: Place,
) => {
  const descending = sort.startsWith("-");
  const key = sortKeys[sort.replace("-", "") as keyof typeof sortKeys];
  const direction = descending ? "desc" : "asc";
  let select = query
    .selectFrom("accounts")
    .select((eb) => [
      "id",
      "tenantId",
      "userId",
      "name",
      "email",
      "userName",
      "status",
      "roleId",
      "roleOrigin",
      "roleGroupId",
      "directoryRoleId",
      "roleCondition",
      "changedAt",
      sql<string>`${key}::text`.as("sortKey"),
      roleName(tx, eb.ref("accounts.roleId")).as("roleName"),
      groupName(tx, eb.ref("accounts.roleGroupId")).as("roleGroupName"),
      roleName(tx, eb.ref("accounts.directoryRoleId")).as("directoryRoleName"),
    ])
    .where((eb) => matches(tx, filter, eb))
    .orderBy(key, direction)
    .orderBy("id", direction)
    .limit(limit);
  if (after !== undefined) {
    const [value, id] = after;
    const type = sort.endsWith("changed") ? sql`timestamptz` : sql`text`;
    select = select.where(
      sql<SqlBool>`(${key}, id) ${descending ? sql`<` : sql`>`} (${value}::${type}, ${id}::uuid)`,
    );
  }
  return select;
};

export const listAccounts = (tx: Transaction, filter: AccountFilter, place: Place) =>
  tx.run(selectAccounts(tx, filter, place));

export const countAccounts = async (tx: Transaction, filter: AccountFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("accounts")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

/** Accounts by status and by being locked against the directory, for the overview. */
export const summarizeAccounts = async (tx: Transaction, tenantId?: string) => {
  const row = await tx.first(
    query
      .selectFrom("accounts")
      .select((eb) => [
        eb.fn.countAll<string>().filterWhere("status", "=", "active").as("active"),
        eb.fn.countAll<string>().filterWhere("status", "=", "disabled").as("disabled"),
        eb.fn.countAll<string>().filterWhere(hasOrigin(eb, "lock")).as("locked"),
        eb.fn.countAll<string>().filterWhere(isDrifted).as("drifted"),
        eb.fn.countAll<string>().filterWhere(lockEndsSoon(tx, eb)).as("ending"),
      ])
      .where((eb) => matches(tx, tenantId === undefined ? {} : { tenantId }, eb)),
  );
  return {
    active: Number(row?.active ?? 0),
    disabled: Number(row?.disabled ?? 0),
    locked: Number(row?.locked ?? 0),
    drifted: Number(row?.drifted ?? 0),
    ending: Number(row?.ending ?? 0),
  };
};

/** Accounts of each tenant by status. */
export const countAccountsByTenant = async (tx: Transaction) => {
  const rows = await tx.run(
    query
      .selectFrom("accounts")
      .select((eb) => [
        "tenantId",
        eb.fn.countAll<string>().filterWhere("status", "=", "active").as("active"),
        eb.fn.countAll<string>().filterWhere("status", "=", "disabled").as("disabled"),
      ])
      .where("orgId", "=", tx.orgId)
      .groupBy("tenantId"),
  );
  return rows.map(({ tenantId, active, disabled }) => ({
    tenantId,
    active: Number(active),
    disabled: Number(disabled),
  }));
};

/** Whom no directory manages has a lock too, but it holds against nothing. */
const hasOrigin = (
  eb: ExpressionBuilder<DB, "accounts">,
  origin: NonNullable<AccountFilter["origin"]>,
) => {
  if (origin === "mapping" || origin === "default") return eb("roleOrigin", "=", origin);
  return eb.and([
    eb("roleOrigin", "=", "lock"),
    eb("userId", origin === "hand" ? "is" : "is not", null),
  ]);
};

/** In the words of the index accounts_drifted. */
const isDrifted = sql<SqlBool>`role_origin = 'lock' and directory_role_id <> role_id`;

const lockEndsSoon = (tx: Transaction, eb: ExpressionBuilder<DB, "accounts">) =>
  eb("accounts.id", "in", locksEndingBy(tx, soonAfter(tx.now)));

const matches = (tx: Transaction, filter: AccountFilter, eb: ExpressionBuilder<DB, "accounts">) => {
  const conditions: Expression<SqlBool>[] = [eb("orgId", "=", tx.orgId), isShown(eb)];
  if (filter.tenantId !== undefined) conditions.push(eb("tenantId", "=", filter.tenantId));
  if (filter.status !== undefined) conditions.push(eb("status", "=", filter.status));
  if (filter.roleId !== undefined) conditions.push(eb("roleId", "=", filter.roleId));
  if (filter.origin !== undefined) conditions.push(hasOrigin(eb, filter.origin));
  if (filter.lock === "drifted") conditions.push(isDrifted);
  if (filter.lock === "ending") conditions.push(lockEndsSoon(tx, eb));
  if (filter.groupId !== undefined)
    conditions.push(isMemberOf(tx, filter.groupId, eb.ref("accounts.userId")));
  if (filter.facet !== undefined)
    conditions.push(hasFacet(tx, eb.ref("accounts.userId"), filter.facet));
  for (const pattern of searchPatterns(filter.search ?? ""))
    conditions.push(eb("search", "like", pattern));
  return eb.and(conditions);
};

/** Not one that another goes on for; unless its own directory user has come back too. */
const isShown = (eb: ExpressionBuilder<DB, "accounts">) =>
  eb.or([eb("joinedTo", "is", null), eb("status", "=", "active")]);

export type AccountListRow = Awaited<ReturnType<typeof listAccounts>>[number];
