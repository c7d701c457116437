import { roleName } from "#access";
import { query, statement } from "#database";
import { listOtherGroups } from "#directory";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { newId } from "#tenancy";
import type { Mapping } from "../decide.ts";

export type DefaultRole = {
  readonly tenantId: string;
  readonly roleId: string;
  readonly roleName: string;
};

export const findDefaultRole = (
  tx: Transaction,
  connectionId: string,
): Promise<DefaultRole | undefined> =>
  tx.first(
    query
      .selectFrom("defaultRoles")
      .select((eb) => [
        "tenantId",
        "roleId",
        roleName(tx, eb.ref("defaultRoles.roleId")).as("roleName"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );

export const saveDefaultRole = (
  tx: Transaction,
  connectionId: string,
  { tenantId, roleId }: Pick<DefaultRole, "tenantId" | "roleId">,
): void => {
  tx.defer(
    query
      .insertInto("defaultRoles")
      .values({ orgId: tx.orgId, connectionId, tenantId, roleId })
      .onConflict((conflict) =>
        conflict.columns(["orgId", "connectionId"]).doUpdateSet({ tenantId, roleId }),
      ),
  );
};

export type StoredMapping = Mapping & { readonly roleName: string; readonly priority: number };

/** In order of priority. */
export const listMappings = (tx: Transaction, connectionId: string): Promise<StoredMapping[]> =>
  tx.run(
    query
      .selectFrom("groupMappings")
      .select((eb) => [
        "groupId",
        "tenantId",
        "roleId",
        "priority",
        roleName(tx, eb.ref("groupMappings.roleId")).as("roleName"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("priority"),
  );

/** Puts the mappings, first wins, in place of those the connection had. */
export const replaceMappings = async (
  tx: Transaction,
  connectionId: string,
  mappings: readonly Mapping[],
) => {
  await tx.run(
    query
      .deleteFrom("groupMappings")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  if (mappings.length === 0) return;
  const rows = mappings.map((mapping, priority) => ({
    id: newId(),
    group_id: mapping.groupId,
    tenant_id: mapping.tenantId,
    role_id: mapping.roleId,
    priority,
  }));
  await tx.run(
    statement(sql`
      insert into group_mappings (org_id, connection_id, id, group_id, tenant_id, role_id, priority)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, mapping.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as mapping (id uuid, group_id uuid, tenant_id uuid, role_id uuid, priority int)`),
  );
};

/** The connections whose rules, or whose default, lead to a tenant. */
export const connectionsLeadingTo = async (
  tx: Transaction,
  tenantId: string,
): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ connectionId: string }>(sql`
      select connection_id from group_mappings where org_id = ${tx.orgId} and tenant_id = ${tenantId}
      union
      select connection_id from default_roles where org_id = ${tx.orgId} and tenant_id = ${tenantId}
      order by 1`),
  );
  return rows.map(({ connectionId }) => connectionId);
};

/** Whether the group decides a role, so that who is in it matters. */
export const isMapped = async (tx: Transaction, groupId: string): Promise<boolean> => {
  const mapping = await tx.first(
    query
      .selectFrom("groupMappings")
      .select("id")
      .where("orgId", "=", tx.orgId)
      .where("groupId", "=", groupId)
      .limit(1),
  );
  return mapping !== undefined;
};

export const countMappedGroups = async (tx: Transaction, connectionId: string): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("groupMappings")
      .select((eb) => eb.fn.count<string>("groupId").distinct().as("groups"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return Number(row?.groups ?? 0);
};

/** Some groups that no mapping names, by name. */
export const listUnmappedGroups = (tx: Transaction, connectionId: string, limit: number) =>
  listOtherGroups(tx, connectionId, {
    than: query.selectFrom("groupMappings").select("groupId").where("orgId", "=", tx.orgId),
    limit,
  });
