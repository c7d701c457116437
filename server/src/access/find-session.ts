import { notFound } from "#http";
import { findTenant, type Tenant, type Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { permissionsOf } from "./built-in-roles.ts";
import { isWithin } from "./role-scope.ts";
import { readSecret } from "./secret.ts";
import { idleLifetime, touchInterval } from "./session-lifetime.ts";
import type { Session } from "./session.ts";
import { findRole } from "./store/roles.ts";
import { findSession as findSessionRow, touchSession } from "./store/sessions.ts";

/**
 * The session behind a cookie; undefined when it has ended, or the account is not Active.
 * @param chosen the tenant that somebody at the super tenant looks at: their session is as one of that tenant then
 * @throws HttpError 404 when they may not look at it
 */
export const findSession = async (
  access: Access,
  cookie: string,
  chosen?: string,
): Promise<Session | undefined> => {
  const secret = readSecret(cookie);
  if (secret === undefined) return undefined;
  return access.organisations.within(secret.orgId, async (tx) => {
    const session = await look(tx, access, secret.hash);
    if (session === undefined || chosen === undefined || chosen === session.tenantId)
      return session;
    const tenant = session.isSuper ? await findTenant(tx, chosen) : undefined;
    if (tenant === undefined) throw notFound("Tenant");
    return asOf(session, tenant);
  });
};

const asOf = (session: Session, { id, isSuper }: Tenant): Session => ({
  ...session,
  tenantId: id,
  isSuper,
});

const look = async (
  tx: Transaction,
  { accounts, permissions }: Access,
  sessionHash: Buffer,
): Promise<Session | undefined> => {
  const seenSince = new Date(tx.now.getTime() - idleLifetime);
  const row = await findSessionRow(tx, sessionHash, seenSince);
  if (row === undefined) return undefined;
  const account = await accounts.find(tx, row.accountId);
  if (account?.status !== "active") return undefined;
  const role = await findRole(tx, account.roleId);
  const tenant = await findTenant(tx, account.tenantId);
  if (role === undefined || tenant === undefined || tenant.archivedAt !== null) return undefined;
  if (tx.now.getTime() - row.lastSeenAt.getTime() > touchInterval) touchSession(tx, sessionHash);
  const own = permissionsOf(role, permissions);
  return {
    orgId: tx.orgId,
    accountId: account.id,
    accountName: account.name,
    tenantId: tenant.id,
    isSuper: tenant.isSuper,
    role: { id: role.id, key: role.key, name: role.name },
    permissions: own,
    mayGrant: (other) => {
      const theirs = [...permissionsOf(other, permissions)];
      // What may do nothing may do it anywhere.
      return theirs.length === 0 || (isWithin(other, role) && theirs.every((one) => own.has(one)));
    },
    scope: role,
    sessionHash,
  };
};
