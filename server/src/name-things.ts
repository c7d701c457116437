import { listRoles, permissionNames, type Access } from "#access";
import { nameAccounts } from "#accounts";
import { findChoices } from "#assets";
import { findGroupNames } from "#directory";
import type { LedgerNeeds } from "#ledger";
import { listConnections } from "#provisioning";
import { listTenants } from "#tenancy";

/** What things of every module are called, for the ledger, which keeps ids. */
export const nameThings = ({ nouns }: Access): LedgerNeeds["nameThings"] => {
  const permissions = permissionNames(nouns);
  return async (tx, ids) =>
    ids.length === 0 ? permissions : new Map([...permissions, ...(await nameIds(tx, ids))]);
};

const nameIds: LedgerNeeds["nameThings"] = async (tx, ids) => {
  const wanted = new Set(ids);
  const named = [
    ...(await listTenants(tx)),
    ...(await listRoles(tx)),
    ...(await listConnections(tx)),
    ...(await findChoices(tx, ids)).values(),
    ...(await nameAccounts(tx, ids)),
  ];
  return new Map([
    ...(await findGroupNames(tx, [...ids])),
    ...named.filter(({ id }) => wanted.has(id)).map(({ id, name }) => [id, name] as const),
  ]);
};
