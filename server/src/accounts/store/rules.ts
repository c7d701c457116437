import { roleName } from "#access";
import { prepare, query, statement } from "#database";
import { listOtherGroups } from "#directory";
import type { InOrganisation, Transaction } from "#tenancy";
import { sql } from "kysely";
import { newId } from "#tenancy";
import type { Mapping } from "../decide.ts";
import { attributeOf } from "./decision-inputs.ts";

export type DefaultRole = {
  readonly tenantId: string;
  /** Null for nobody: whom no rule takes waits in the lobby. */
  readonly roleId: string | null;
  readonly roleName: string | null;
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
        roleName(tx, eb.ref("defaultRoles.roleId")).$castTo<string | null>().as("roleName"),
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
        attributeOf(sql`group_mappings`).as("attribute"),
        roleName(tx, eb.ref("groupMappings.roleId")).as("roleName"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("priority"),
  );

export const countMappings = async (tx: Transaction, connectionId: string): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("groupMappings")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return Number(row?.total ?? 0);
};

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
  const rows = mappings.map(({ groupId, attribute, tenantId, roleId }, priority) => ({
    id: newId(),
    group_id: groupId,
    tenant_id: tenantId,
    role_id: roleId,
    priority,
    attribute: attribute?.path ?? null,
    attribute_keys: attribute?.keys ?? null,
    operator: attribute?.operator ?? null,
    operands: attribute?.values ?? null,
    folded_operands: attribute?.folded ?? null,
  }));
  await tx.run(
    statement(sql`
      insert into group_mappings (org_id, connection_id, id, group_id, tenant_id, role_id, priority, attribute,
        attribute_keys, operator, operands, folded_operands)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, rule.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as rule (id uuid, group_id uuid, tenant_id uuid,
        role_id uuid, priority int, attribute text, attribute_keys text[], operator text, operands text[],
        folded_operands text[])`),
  );
};

/** Which attributes the rules of a connection read, by the first of their keys, in lower case. */
export const attributesRead = async (tx: Transaction, connectionId: string): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ key: string }>(sql`
      select distinct lower(attribute_keys[1]) as key from group_mappings
      where org_id = ${tx.orgId} and connection_id = ${connectionId} and attribute is not null`),
  );
  return rows.map(({ key }) => key);
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

const findingMapping = prepare((at: InOrganisation & { readonly groupId: string }) =>
  query
    .selectFrom("groupMappings")
    .select("id")
    .where("orgId", "=", at.orgId)
    .where("groupId", "=", at.groupId)
    .limit(1),
);

/** Whether the group decides a role, so that who is in it matters. */
export const isMapped = async (tx: Transaction, groupId: string): Promise<boolean> =>
  (await tx.first(findingMapping({ orgId: tx.orgId, groupId }))) !== undefined;

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

/** How many rules of a connection ask for an attribute. */
export const countAttributeRules = async (
  tx: Transaction,
  connectionId: string,
): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("groupMappings")
      .select((eb) => eb.fn.count<string>("attribute").as("rules"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return Number(row?.rules ?? 0);
};

/** Some groups that no mapping names, by name. */
export const listUnmappedGroups = (tx: Transaction, connectionId: string, limit: number) =>
  listOtherGroups(tx, connectionId, {
    than: query.selectFrom("groupMappings").select("groupId").where("orgId", "=", tx.orgId),
    limit,
  });
