import { conflict, forbidden, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { describeRoleChange, type RoleValues } from "./role-change.ts";
import { requireKnownScope } from "./role-scope.ts";
import {
  deleteRole,
  findRole,
  insertRole,
  listRoles,
  updateRole,
  type Role,
} from "./store/roles.ts";

/*
 * Custom access roles made, changed and deleted, whoever may do that: by hand (edit-roles.ts) or by an undo. The
 * transaction must hold the edits of roles.
 */

type Write = { readonly id: string; readonly values: RoleValues; readonly cause: Cause };

/** @throws HttpError 409 when the name is taken, 400 for limits to what is not there */
export const makeRole = async (
  tx: Transaction,
  { places }: Access,
  { id, values, cause }: Write,
): Promise<void> => {
  await requireFreeName(tx, values.name);
  await requireKnownScope(tx, places, values);
  await insertRole(tx, { id, ...values });
  const { length } = values.permissions;
  record(tx, cause, [
    {
      action: "role.created",
      sentence: `Access role ${values.name} made with ${length === 1 ? "1 permission" : `${length} permissions`}`,
      subject: { kind: "role", id, name: values.name },
      after: values,
    },
  ]);
};

/** @throws HttpError 404, 403 for a built-in role, 409 when the name is taken, 400 for limits to what is not there */
export const rewriteRole = async (
  tx: Transaction,
  { nouns, places }: Access,
  { id, values, cause }: Write,
): Promise<void> => {
  const before = await requireCustomRole(tx, id);
  await requireFreeName(tx, values.name, id);
  await requireKnownScope(tx, places, values);
  const sentence = describeRoleChange(before, values, nouns);
  if (sentence === undefined) return;
  await updateRole(tx, id, values);
  record(tx, cause, [
    {
      action: "role.changed",
      sentence,
      subject: { kind: "role", id, name: values.name },
      before: valuesOf(before),
      after: values,
    },
  ]);
};

type Removal = {
  readonly role: Role;
  /** Took its place, everywhere. */
  readonly other?: Role | undefined;
  readonly cause: Cause;
};

/** @throws HttpError 409 saying what holds on to it */
export const eraseRole = async (
  tx: Transaction,
  { accounts }: Access,
  { role, other, cause }: Removal,
): Promise<void> => {
  const seen = await accounts.usageOfRole(tx, role.id);
  if (seen.total > 0)
    throw conflict(
      `${role.name} is in use`,
      `${seen.sentence} Choose an access role to put in its place, or change them first.`,
    );
  const all = await tx.withoutScope(() => accounts.usageOfRole(tx, role.id));
  if (all.total > 0)
    throw conflict(
      `${role.name} is in use where you do not see it`,
      "Your access role is limited to some tenants. Ask an administrator of all of them to delete it.",
    );
  await deleteRole(tx, role.id);
  record(tx, cause, [
    {
      action: "role.deleted",
      sentence: `Access role ${role.name} deleted${other === undefined ? "" : `; ${other.name} took its place`}`,
      subject: { kind: "role", id: role.id, name: role.name },
      before: valuesOf(role),
      ...(other !== undefined && { after: { replacedBy: other.id } }),
    },
  ]);
};

/** @throws HttpError 404, 403 for a built-in one */
export const requireCustomRole = async (
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

const valuesOf = ({ id: _id, key: _key, ...values }: Role) => values;
