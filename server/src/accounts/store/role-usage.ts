import { query, statement } from "#database";
import { groupName } from "#directory";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { conditionInWords } from "../conditions.ts";
import { attributeOf } from "./decision-inputs.ts";

/** How many accounts have each role; a role that nobody has is not in it. */
export const countByRole = async (tx: Transaction): Promise<Map<string, number>> => {
  const rows = await tx.run(
    query
      .selectFrom("accounts")
      .select((eb) => ["roleId", eb.fn.countAll<string>().as("total")])
      .where("orgId", "=", tx.orgId)
      .groupBy("roleId"),
  );
  return new Map(rows.map(({ roleId, total }) => [roleId, Number(total)]));
};

export type RoleHolders = {
  readonly accounts: number;
  /** Accounts to whom the directory would give it, while a lock to another role holds. */
  readonly hidden: number;
  readonly locks: number;
  readonly mappings: number;
  readonly defaults: number;
  /** The first three of each. */
  readonly accountNames: readonly string[];
  readonly ruleNames: readonly string[];
};

/** Everything that refers to a role. */
export const findRoleHolders = async (tx: Transaction, roleId: string): Promise<RoleHolders> => {
  const of = sql`org_id = ${tx.orgId} and role_id = ${roleId}`;
  const row = await tx.first(
    statement<Omit<RoleHolders, "ruleNames">>(sql`
      select
        (select count(*)::int from accounts where ${of}) as accounts,
        (select count(*)::int from accounts
          where org_id = ${tx.orgId} and role_origin = 'lock' and role_id <> ${roleId} and directory_role_id = ${roleId}) as hidden,
        (select count(*)::int from role_locks where ${of}) as locks,
        (select count(*)::int from group_mappings where ${of}) as mappings,
        (select count(*)::int from default_roles where ${of}) as defaults,
        array(select name from accounts where ${of} order by sort_name, id limit 3) as account_names`),
  );
  if (row === undefined) throw new Error("an aggregate gave no row");
  return { ...row, ruleNames: await nameRules(tx, roleId) };
};

/** The first three rules that give a role: by their group, or by what they ask of an attribute. */
const nameRules = async (tx: Transaction, roleId: string): Promise<string[]> => {
  const rules = await tx.run(
    query
      .selectFrom("groupMappings")
      .select((eb) => [
        attributeOf(sql`group_mappings`).as("attribute"),
        groupName(tx, eb.ref("groupMappings.groupId")).as("groupName"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("roleId", "=", roleId)
      .orderBy("connectionId")
      .orderBy("priority")
      .limit(3),
  );
  return rules.map(({ attribute, groupName: name }) =>
    attribute === null ? name : conditionInWords(attribute),
  );
};

/** Lets nobody decide by the rules of any connection until the transaction ends. */
export const holdAllRules = async (tx: Transaction): Promise<void> => {
  await tx.run(
    statement(sql`
      select pg_advisory_xact_lock(hashtextextended(connection_id::text, 0))::text
      from (select connection_id from default_roles where org_id = ${tx.orgId} order by connection_id) connections`),
  );
};

/** Puts a role in another's place in rules and locks. */
export const replaceRoleInRules = async (
  tx: Transaction,
  fromId: string,
  toId: string,
): Promise<void> => {
  for (const table of ["groupMappings", "defaultRoles", "roleLocks"] as const)
    await tx.run(
      query
        .updateTable(table)
        .set({ roleId: toId })
        .where("orgId", "=", tx.orgId)
        .where("roleId", "=", fromId),
    );
};

/** The next accounts that have a role, or would have without their lock, with another in its place. */
export const replaceRoleOfAccounts = (
  tx: Transaction,
  { fromId, toId, limit }: { fromId: string; toId: string; limit: number },
) =>
  tx.run(
    statement<{ id: string; name: string; tenantId: string; changed: boolean }>(sql`
      with held as (
        select id, role_id from accounts
        where org_id = ${tx.orgId} and (role_id = ${fromId}::uuid or (role_origin = 'lock' and directory_role_id = ${fromId}::uuid))
        order by id limit ${limit} for no key update
      )
      update accounts a set
        role_id = case when a.role_id = ${fromId}::uuid then ${toId}::uuid else a.role_id end,
        directory_role_id = case when a.directory_role_id = ${fromId}::uuid then ${toId}::uuid else a.directory_role_id end,
        changed_at = ${tx.now}
      from held where a.org_id = ${tx.orgId} and a.id = held.id
      returning a.id, a.name, a.tenant_id, held.role_id = ${fromId}::uuid as changed`),
  );
