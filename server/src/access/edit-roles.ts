import { notFound } from "#http";
import type { Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { requireMayGrant } from "./grant.ts";
import { completePermissions, type RoleDraft, type RoleValues } from "./role-change.ts";
import { cleanScope } from "./role-scope.ts";
import { administratorCause, type Session } from "./session.ts";
import { findRole, holdRoleEdits, lockRole, type Role } from "./store/roles.ts";
import { requireSuperTenant } from "./super-only.ts";
import { eraseRole, makeRole, requireCustomRole, rewriteRole } from "./write-roles.ts";

/**
 * Makes a custom access role.
 * @returns its id
 * @throws HttpError 400 on an unknown permission, 403 for more than one may do oneself, 409 when the name is taken
 */
export const createRole = async (
  tx: Transaction,
  access: Access,
  session: Session,
  draft: RoleDraft,
): Promise<string> => {
  const values = cleaned(draft, access.nouns);
  requireSuperTenant(session);
  await holdRoleEdits(tx);
  const id = newId();
  await makeRole(tx, access, { id, values, cause: causeOf(session, "made an access role") });
  await requireMayGrant(tx, session, [id]);
  return id;
};

/**
 * Renames, describes or re-cuts a custom access role. Whoever has it may do at once what it says now: a session asks at
 * each request.
 * @throws HttpError 404, 400, 403 for a built-in role and for more (before or after) than one may do oneself, 409
 */
export const changeRole = async (
  tx: Transaction,
  access: Access,
  session: Session,
  { id, ...draft }: RoleDraft & { readonly id: string },
): Promise<void> => {
  const values = cleaned(draft, access.nouns);
  requireSuperTenant(session);
  await holdRoleEdits(tx);
  await requireCustomRole(tx, id);
  await requireMayGrant(tx, session, [id]);
  const cause = causeOf(session, `changed the access role ${values.name}`);
  await rewriteRole(tx, access, { id, values, cause });
  await requireMayGrant(tx, session, [id]);
};

type Removal = { readonly id: string; readonly replaceBy?: string };

/**
 * Deletes a custom access role, where nobody has it and nothing gives it; or puts another in its place everywhere first.
 * @throws HttpError 404, 403, 400 on an unknown replacement, 409 saying what holds on to it
 */
export const removeRole = async (
  tx: Transaction,
  access: Access,
  session: Session,
  { id, replaceBy }: Removal,
): Promise<void> => {
  requireSuperTenant(session);
  await holdRoleEdits(tx);
  await lockRole(tx, id);
  const role = await requireCustomRole(tx, id);
  await requireMayGrant(tx, session, replaceBy === undefined ? [id] : [id, replaceBy]);
  const cause = causeOf(session, `deleted the access role ${role.name}`);
  const other = replaceBy === undefined ? undefined : await requireOther(tx, role, replaceBy);
  if (other !== undefined) await access.accounts.replaceRole(tx, { from: role, to: other, cause });
  await eraseRole(tx, access, { role, other, cause });
};

const requireOther = async (tx: Transaction, role: Role, replaceBy: string): Promise<Role> => {
  const other = replaceBy === role.id ? undefined : await findRole(tx, replaceBy);
  if (other !== undefined) return other;
  throw notFound("The access role to put in its place", "Choose another one from the list.");
};

const cleaned = (draft: RoleDraft, nouns: Access["nouns"]): RoleValues => ({
  ...cleanScope(draft.scope),
  name: draft.name.trim(),
  description: draft.description.trim(),
  permissions: completePermissions(draft.permissions, nouns),
});

const causeOf = (session: Session, deed: string): Cause =>
  administratorCause(session, `${session.accountName} ${deed}`);
