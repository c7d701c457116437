import { isDeepStrictEqual } from "node:util";
import { HttpError } from "#http";
import type { AnyReversal, Irreversible, Reversal, Undoer } from "#ledger";
import type { Access } from "./access.ts";
import { requireMayGrant } from "./grant.ts";
import { rolePermissions } from "./permissions.ts";
import type { RoleValues } from "./role-change.ts";
import type { Session } from "./session.ts";
import { findRole, holdRoleEdits, lockRole, type Role } from "./store/roles.ts";
import { eraseRole, makeRole, rewriteRole } from "./write-roles.ts";

/** What somebody who undoes may do: no more than by hand. */
export const undoerOf = (session: Session): Undoer => ({
  permissions: session.permissions,
  isOfOrganisation: session.isSuper && session.scope.tenantIds === null,
  refusalToGrant: async (tx, touched) => {
    const beyond = touched.find(
      (role) => typeof role !== "string" && !session.mayGrant(role as Role),
    ) as Role | undefined;
    if (beyond !== undefined) return `${beyond.name} would be allowed more than you.`;
    try {
      await requireMayGrant(
        tx,
        session,
        touched.filter((role) => typeof role === "string"),
      );
      return undefined;
    } catch (error) {
      if (error instanceof HttpError) return `${error.title}.`;
      throw error;
    }
  },
});

/** A custom access role value by value, so that a preview shows what differs; all null where there is none. */
type State = {
  readonly name: string | null;
  readonly description: string | null;
  /** Each that it has, as "allowed". */
  readonly permissions: Readonly<Record<string, "allowed">> | null;
  readonly tenantIds: readonly string[] | null;
  readonly locationIds: readonly string[] | null;
  readonly categoryIds: readonly string[] | null;
  /** Who and what holds on to it, as a sentence. */
  readonly usage: string | null;
};

const none: State = {
  name: null,
  description: null,
  permissions: null,
  tenantIds: null,
  locationIds: null,
  categoryIds: null,
  usage: null,
};

const toState = (
  values: Omit<RoleValues, "permissions"> & { readonly permissions: readonly string[] | null },
): Omit<State, "usage"> => ({
  name: values.name,
  description: values.description,
  permissions: Object.fromEntries((values.permissions ?? []).map((one) => [one, "allowed"])),
  tenantIds: values.tenantIds,
  locationIds: values.locationIds,
  categoryIds: values.categoryIds,
});

const isSame = ({ usage: _now, ...now }: State, values: object): boolean =>
  isDeepStrictEqual(now, toState(values as RoleValues));

const toValues = (state: State): RoleValues => ({
  name: state.name ?? "",
  description: state.description ?? "",
  permissions: Object.keys(state.permissions ?? {}),
  tenantIds: state.tenantIds,
  locationIds: state.locationIds,
  categoryIds: state.categoryIds,
});

const customRole = (access: Access): Reversal<State> => ({
  name: "role",
  label: "Access role",
  actions: ["role.created", "role.changed", "role.deleted"],
  permissions: [rolePermissions.administer],
  isOfOrganisation: true,
  read: async (tx, roleId, hold) => {
    if (hold) await holdRoleEdits(tx);
    const role = await (hold ? lockRole(tx, roleId) : findRole(tx, roleId));
    if (role === undefined) return none;
    const { total, sentence } = await access.accounts.usageOfRole(tx, roleId);
    return { ...toState(role), usage: total === 0 ? null : sentence };
  },
  back: (state, { action, before, after }) => {
    if (action === "role.deleted")
      return state.name === null
        ? { state: { ...toState(before as RoleValues), usage: null } }
        : { why: "It is there again." };
    if (state.name === null) return { why: "It is no longer there." };
    if (!isSame(state, after)) return { why: "The access role was changed again since." };
    if (action === "role.changed")
      return { state: { ...toState(before as RoleValues), usage: state.usage } };
    return state.usage === null ? { state: none } : { why: `It is in use: ${state.usage}` };
  },
  // As by hand: nobody changes a role that may do more than they may, nor makes one of it.
  roles: async (tx, roleId, { now, wanted }) => {
    const role = (await findRole(tx, roleId)) ?? { id: roleId, key: null, ...none };
    const state = { ...none, ...toState(role as RoleValues), ...now, ...wanted };
    return [
      roleId,
      ...(state.name === null ? [] : [{ id: roleId, key: null, ...toValues(state) }]),
    ];
  },
  consequence: (now, { name }) =>
    now.name === null && name !== undefined
      ? "Nobody gets it by this: whoever was given another one in its place keeps that."
      : null,
  write: async (tx, { subjectId: id, current, wanted, cause }) => {
    const values = toValues({ ...current, ...wanted });
    const role = await findRole(tx, id);
    if (role === undefined) await makeRole(tx, access, { id, values, cause });
    else if (wanted.name === null) await eraseRole(tx, access, { role, cause });
    else await rewriteRole(tx, access, { id, values, cause });
  },
});

/** How the deeds of this module are undone. */
export const accessReversals = (access: Access): AnyReversal[] => [customRole(access)];

export const accessIrreversible: Irreversible[] = [
  {
    actions: ["account.password-set", "account.sign-in-link-made"],
    why: "A secret that was given out cannot be taken back by undoing. Make a new sign-in link, which makes the old one worthless.",
  },
  { actions: ["organisation.created"], why: "The organisation stays." },
];
