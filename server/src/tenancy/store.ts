import { query } from "#database";
import { newId } from "./ids.ts";
import type { Transaction } from "./transaction.ts";

export type Tenant = { readonly id: string; readonly name: string; readonly isSuper: boolean };

/** Makes the organisation this transaction is bound to, with its super tenant. Gives the super tenant. */
export const insertOrganisation = async (tx: Transaction, name: string): Promise<Tenant> => {
  const tenant = { id: newId(), name, isSuper: true };
  await tx.run(query.insertInto("organisations").values({ orgId: tx.orgId, name }));
  await tx.run(query.insertInto("tenants").values({ orgId: tx.orgId, ...tenant }));
  return tenant;
};

export const findOrganisation = (
  tx: Transaction,
): Promise<{ orgId: string; name: string } | undefined> =>
  tx.first(
    query.selectFrom("organisations").select(["orgId", "name"]).where("orgId", "=", tx.orgId),
  );

export const listTenants = (tx: Transaction): Promise<Tenant[]> =>
  tx.run(
    query
      .selectFrom("tenants")
      .select(["id", "name", "isSuper"])
      .where("orgId", "=", tx.orgId)
      .orderBy("isSuper", "desc")
      .orderBy("name"),
  );

export const findTenant = (tx: Transaction, id: string): Promise<Tenant | undefined> =>
  tx.first(
    query
      .selectFrom("tenants")
      .select(["id", "name", "isSuper"])
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
