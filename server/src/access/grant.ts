import { forbidden } from "#http";
import type { Transaction } from "#tenancy";
import type { Session } from "./session.ts";
import { holdRoles, type Role } from "./store/roles.ts";

/**
 * Nobody gives, takes away, maps or edits a role that may do more than they may themselves (docs/decisions/0006): else
 * whoever may edit roles or people could make themselves Administrator.
 * The roles are held: none is deleted or given more before the transaction ends. Ids of no role are passed over; the
 * deed says so.
 * @throws HttpError 403
 */
export const requireMayGrant = async (
  tx: Transaction,
  session: Session,
  roleIds: readonly string[],
): Promise<void> => {
  for (const role of await holdRoles(tx, roleIds)) if (!session.mayGrant(role)) throw beyond(role);
};

/**
 * Whoever can sign in as somebody can go on as them in every tenant they are in (switch-account.ts). So a way to sign in
 * is given only by who sees all of those tenants and could give all of those roles.
 * @param accounts all accounts of the person, seen without the fences around tenants and limits
 * @throws HttpError 403
 */
export const requireMayActAs = async (
  tx: Transaction,
  session: Session,
  accounts: readonly { readonly tenantId: string; readonly roleId: string }[],
): Promise<void> => {
  if (!session.isSuper && accounts.some(({ tenantId }) => tenantId !== session.tenantId))
    throw forbidden(
      "This person is in other tenants too",
      "Whoever signs in as them can go on there. Ask an administrator of the whole organisation.",
    );
  await requireMayGrant(
    tx,
    session,
    accounts.map(({ roleId }) => roleId),
  );
};

const beyond = ({ name }: Role) =>
  forbidden(
    `${name} may do more than you`,
    `Access roles can be given, taken away and changed up to what one may do oneself. Ask somebody who may do all that ${name} may.`,
  );
