import { query, statement } from "#database";
import { newId, type Scope, type Transaction } from "#tenancy";
import { sql } from "kysely";
import { builtInRoles, type RoleKey } from "../built-in-roles.ts";

/** Gives a new organisation the built-in roles. */
export const insertBuiltInRoles = async (tx: Transaction): Promise<void> => {
  const rows = builtInRoles.map(({ key, name, description }) => ({
    orgId: tx.orgId,
    id: newId(),
    key,
    name,
    description,
  }));
  await tx.run(query.insertInto("roles").values(rows));
};

const roles = (tx: Transaction) =>
  query
    .selectFrom("roles")
    .select([
      "id",
      "key",
      "name",
      "description",
      "permissions",
      "tenantIds",
      "locationIds",
      "categoryIds",
    ])
    .where("orgId", "=", tx.orgId)
    .$narrowType<{ key: RoleKey | null }>();

/** The built-in roles from the one that may most to the one that may least, then the custom ones by name. */
export const listRoles = async (tx: Transaction): Promise<Role[]> => {
  const rank = (role: Role) => {
    const index = builtInRoles.findIndex(({ key }) => key === role.key);
    return index === -1 ? builtInRoles.length : index;
  };
  const rows = await tx.run(roles(tx).orderBy("name"));
  return rows.toSorted((a, b) => rank(a) - rank(b));
};

export const findRole = (tx: Transaction, id: string) => tx.first(roles(tx).where("id", "=", id));

/** Those of some ids that are roles, held until the transaction ends: none is changed or deleted meanwhile. */
export const holdRoles = async (tx: Transaction, ids: readonly string[]): Promise<Role[]> =>
  ids.length === 0
    ? []
    : tx.run(
        roles(tx)
          .where("id", "in", [...new Set(ids)].toSorted())
          .orderBy("id")
          .forShare(),
      );

/** The role, held until the transaction ends: nobody gives it or looks at it to give it meanwhile. */
export const lockRole = (tx: Transaction, id: string) =>
  tx.first(roles(tx).where("id", "=", id).forUpdate());

/** One of the roles that every organisation has. */
export const findRoleByKey = async (tx: Transaction, key: RoleKey): Promise<Role> => {
  const role = await tx.first(roles(tx).where("key", "=", key));
  if (role === undefined) throw new Error(`organisation ${tx.orgId} has no role ${key}`);
  return role;
};

/** Lets one transaction at a time edit the roles of the organisation, so that no two get the same name. */
export const holdRoleEdits = async (tx: Transaction): Promise<void> => {
  await tx.run(
    statement(
      sql`select pg_advisory_xact_lock(hashtextextended(${`roles ${tx.orgId}`}::text, 0))::text`,
    ),
  );
};

type RoleWrite = {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly string[];
} & Scope;

export const insertRole = async (
  tx: Transaction,
  { id, ...role }: RoleWrite & { readonly id: string },
): Promise<void> => {
  const values = { orgId: tx.orgId, id, ...columnsOf(role) };
  await tx.run(query.insertInto("roles").values(values));
};

export const updateRole = async (tx: Transaction, id: string, role: RoleWrite): Promise<void> => {
  await tx.run(
    query
      .updateTable("roles")
      .set(columnsOf(role))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

const columnsOf = (role: RoleWrite) => ({
  name: role.name,
  description: role.description,
  permissions: [...role.permissions],
  tenantIds: role.tenantIds && [...role.tenantIds],
  locationIds: role.locationIds && [...role.locationIds],
  categoryIds: role.categoryIds && [...role.categoryIds],
});

export const deleteRole = async (tx: Transaction, id: string): Promise<void> => {
  await tx.run(query.deleteFrom("roles").where("orgId", "=", tx.orgId).where("id", "=", id));
};

export type Role = NonNullable<Awaited<ReturnType<typeof findRole>>>;
