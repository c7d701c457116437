import { findRoleByKey } from "#access";
import { holdAlone, type Transaction } from "#tenancy";
import type { AccountChange } from "../account-change.ts";
import { tenantsWithAdministrator } from "../store/account.ts";

/** The one role that may everything; built-in roles keep their name. */
const administratorName = "Administrator";

/** Pure: whether a tenant would have an Administrator less. */
export const takesAdministrator = ({ before, after }: AccountChange): boolean =>
  before?.status === "active" &&
  before.roleName === administratorName &&
  (after.status !== "active" || after.roleId !== before.roleId);

/**
 * The tenants that some changes, all of one transaction, would leave without an Administrator. They are held, so that of
 * two transactions that each take one of the last two, the second finds one only.
 */
export const tenantsLosingTheLast = async (
  tx: Transaction,
  changes: readonly AccountChange[],
): Promise<ReadonlySet<string>> => {
  const taken = changes.filter(takesAdministrator);
  if (taken.length === 0) return new Set();
  const { id: roleId } = await findRoleByKey(tx, "administrator");
  const tenantIds = [...new Set(taken.map(({ after }) => after.tenantId))];
  await holdAlone(tx, tenantIds);
  const except = taken.map(({ after }) => after.id);
  const kept = new Set([
    ...(await tenantsWithAdministrator(tx, { roleId, tenantIds, except })),
    ...changes
      .filter(({ after }) => after.status === "active" && after.roleId === roleId)
      .map(({ after }) => after.tenantId),
  ]);
  return new Set(tenantIds.filter((id) => !kept.has(id)));
};
