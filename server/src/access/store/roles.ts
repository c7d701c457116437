import { query } from "#database";
import { newId, type Transaction } from "#tenancy";
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
    .select(["id", "key", "name", "description", "permissions"])
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

/** One of the roles that every organisation has. */
export const findRoleByKey = async (tx: Transaction, key: RoleKey): Promise<Role> => {
  const role = await tx.first(roles(tx).where("key", "=", key));
  if (role === undefined) throw new Error(`organisation ${tx.orgId} has no role ${key}`);
  return role;
};

export type Role = NonNullable<Awaited<ReturnType<typeof findRole>>>;
