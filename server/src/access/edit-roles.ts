import { conflict, forbidden, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { requireMayGrant } from "./grant.ts";
import {
  completePermissions,
  describeRoleChange,
  type RoleDraft,
  type RoleValues,
} from "./role-change.ts";
import { cleanScope, requireKnownScope } from "./role-scope.ts";
import { administratorCause, type Session } from "./session.ts";
import { requireSuperTenant } from "./super-only.ts";
import {
  deleteRole,
  findRole,
  holdRoleEdits,
  insertRole,
  listRoles,
  lockRole,
  updateRole,
} from "./store/roles.ts";
import type { Role } from "./store/roles.ts";

/**
 * Makes a custom access role.
 * @returns its id
 * @throws HttpError 400 on an unknown permission, 403 for more than one may do oneself, 409 when the name is taken
 */
export const createRole = async (
  tx: Transaction,
  { nouns, places }: Access,
  session: Session,
  draft: RoleDraft,
): Promise<string> => {
  const role = cleaned(draft, nouns);
  requireSuperTenant(session);
  await holdRoleEdits(tx);
  await requireFreeName(tx, role.name);
  await requireKnownScope(tx, places, role);
  const id = newId();
  await insertRole(tx, { id, ...role });
  await requireMayGrant(tx, session, [id]);
  const said =
    role.permissions.length === 1 ? "1 permission" : `${role.permissions.length} permissions`;
  record(tx, causeOf(session, "made an access role"), [
    {
      action: "role.created",
      sentence: `Access role ${role.name} made with ${said}`,
      subject: { kind: "role", id, name: role.name },
      after: role,
    },
  ]);
  return id;
};

/**
 * Renames, describes or re-cuts a custom access role. Whoever has it may do at once what it says now: a session asks at
 * each request.
 * @throws HttpError 404, 400, 403 for a built-in role and for more (before or after) than one may do oneself, 409
 */
export const changeRole = async (
  tx: Transaction,
  { nouns, places }: Access,
  session: Session,
  { id, ...draft }: RoleDraft & { readonly id: string },
): Promise<void> => {
  const after = cleaned(draft, nouns);
  requireSuperTenant(session);
  await holdRoleEdits(tx);
  const before = await requireCustomRole(tx, id);
  await requireMayGrant(tx, session, [id]);
  await requireFreeName(tx, after.name, id);
  await requireKnownScope(tx, places, after);
  const sentence = describeRoleChange(before, after, nouns);
  if (sentence === undefined) return;
  await updateRole(tx, id, after);
  await requireMayGrant(tx, session, [id]);
  record(tx, causeOf(session, `changed the access role ${after.name}`), [
    {
      action: "role.changed",
      sentence,
      subject: { kind: "role", id, name: after.name },
      before: pick(before),
      after,
    },
  ]);
};

type Removal = { readonly id: string; readonly replaceBy?: string };

/**
 * Deletes a custom access role, where nobody has it and nothing gives it; or puts another in its place everywhere first.
 * @throws HttpError 404, 403, 400 on an unknown replacement, 409 saying what holds on to it
 */
export const removeRole = async (
  tx: Transaction,
  { accounts }: Access,
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
  if (other !== undefined) await accounts.replaceRole(tx, { from: role, to: other, cause });
  await refuseWhileUsed(tx, accounts, role);
  await deleteRole(tx, id);
  const replaced = other === undefined ? "" : `; ${other.name} took its place`;
  record(tx, cause, [
    {
      action: "role.deleted",
      sentence: `Access role ${role.name} deleted${replaced}`,
      subject: { kind: "role", id, name: role.name },
      before: pick(role),
    },
  ]);
};

const refuseWhileUsed = async (
  tx: Transaction,
  accounts: Access["accounts"],
  role: Role,
): Promise<void> => {
  const { total, sentence } = await accounts.usageOfRole(tx, role.id);
  if (total === 0) return;
  throw conflict(
    `${role.name} is in use`,
    `${sentence} Choose an access role to put in its place, or change them first.`,
  );
};

const requireOther = async (tx: Transaction, role: Role, replaceBy: string): Promise<Role> => {
  const other = replaceBy === role.id ? undefined : await findRole(tx, replaceBy);
  if (other !== undefined) return other;
  throw notFound("The access role to put in its place", "Choose another one from the list.");
};

/** @throws HttpError 404, 403 for a built-in one */
const requireCustomRole = async (
  tx: Transaction,
  id: string,
): Promise<Role & { permissions: string[] }> => {
  const role = await findRole(tx, id);
  if (role === undefined) throw notFound("Access role");
  if (role.key === null && role.permissions !== null)
    return { ...role, permissions: role.permissions };
  throw forbidden(
    `${role.name} is built in`,
    "Built-in access roles stay as they are. Make a copy of it and change that.",
  );
};

const requireFreeName = async (tx: Transaction, name: string, exceptId?: string): Promise<void> => {
  const taken = (await listRoles(tx)).find(
    (role) => role.id !== exceptId && role.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken === undefined) return;
  throw conflict(`There is an access role ${taken.name} already`, "Give this one another name.");
};

const cleaned = (draft: RoleDraft, nouns: Access["nouns"]): RoleValues => ({
  ...cleanScope(draft.scope),
  name: draft.name.trim(),
  description: draft.description.trim(),
  permissions: completePermissions(draft.permissions, nouns),
});

const pick = ({ id: _id, key: _key, ...values }: Role) => values;

const causeOf = (session: Session, deed: string): Cause =>
  administratorCause(session, `${session.accountName} ${deed}`);
