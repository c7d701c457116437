import { notFound } from "#http";
import { findOrganisation, findTenant, listTenants, type Transaction } from "#tenancy";
import type { Static } from "typebox";
import type { Access } from "./access.ts";
import { permissionsOf } from "./built-in-roles.ts";
import type { Me } from "./schemas.ts";
import { findRole, listRoles } from "./store/roles.ts";

/**
 * Who somebody is and what they may do, for their own console.
 * @throws HttpError 404
 */
export const presentMe = async (
  tx: Transaction,
  { accounts, permissions }: Access,
  accountId: string,
): Promise<Static<typeof Me>> => {
  const account = await accounts.find(tx, accountId);
  const organisation = await findOrganisation(tx);
  const role = account && (await findRole(tx, account.roleId));
  const tenant = account && (await findTenant(tx, account.tenantId));
  if (!account || !organisation || !role || !tenant) throw notFound("Sub Account");
  return {
    account: { id: account.id, name: account.name, email: account.email },
    organisation: { id: organisation.orgId, name: organisation.name },
    tenant: { id: tenant.id, name: tenant.name, isSuper: tenant.isSuper },
    role: { id: role.id, key: role.key, name: role.name },
    permissions: [...permissionsOf(role, permissions)].toSorted(),
    accounts: await listOwnAccounts(tx, accounts, account.id),
  };
};

const listOwnAccounts = async (
  tx: Transaction,
  accounts: Access["accounts"],
  accountId: string,
): Promise<Static<typeof Me>["accounts"]> => {
  const own = (await accounts.ofSamePerson(tx, accountId)).filter(
    ({ status }) => status === "active",
  );
  const roles = new Map((await listRoles(tx)).map(({ id, name }) => [id, name]));
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  return own.map(({ id, tenantId, roleId }) => ({
    id,
    tenant: { id: tenantId, name: tenants.get(tenantId) ?? "" },
    role: { id: roleId, name: roles.get(roleId) ?? "" },
  }));
};
