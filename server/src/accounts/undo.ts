import { isDeepStrictEqual } from "node:util";
import type { Jobs } from "#jobs";
import type { AnyReversal, Irreversible, Reversal } from "#ledger";
import type { AttributeCondition } from "./conditions.ts";
import { changeDefaultRole, saveGroupMappings, type MappingDraft } from "./edit-rules.ts";
import { effectOfRules } from "./rules-effect.ts";
import { setLocalStatus } from "./local-accounts.ts";
import { holdAccount, lockRole, unlockRole } from "./lock-role.ts";
import type { Mapping } from "./decide.ts";
import { accountPermissions } from "./permissions.ts";
import type { FindRuleAttribute } from "./rule-attribute.ts";
import { findAccount } from "./store/account.ts";
import { findLock } from "./store/locks.ts";
import { findDefaultRole, listMappings } from "./store/rules.ts";

type RoleLock = {
  readonly lockedRoleId: string | null;
  readonly reason: string | null;
  readonly expiresAt: string | null;
};

const roleLock: Reversal<RoleLock> = {
  name: "account.role-lock",
  label: "Role lock",
  actions: ["account.role-locked", "account.role-unlocked"],
  permissions: [accountPermissions.lock],
  read: async (tx, accountId, hold) => {
    const account = hold
      ? await holdAccount(tx, accountId).catch(() => undefined)
      : await findAccount(tx, accountId);
    if (account === undefined) return undefined;
    const lock = await findLock(tx, accountId);
    return {
      lockedRoleId: lock?.roleId ?? null,
      reason: lock?.reason ?? null,
      expiresAt: lock?.expiresAt?.toISOString() ?? null,
    };
  },
  back: ({ lockedRoleId }, { before, after }) => {
    if (lockedRoleId !== ((after["roleId"] as string | undefined) ?? null))
      return {
        why:
          lockedRoleId === null
            ? "The lock was removed since."
            : "The role was locked otherwise since.",
      };
    const wasLocked = before["roleOrigin"] === "lock";
    return {
      state: {
        lockedRoleId: wasLocked ? String(before["roleId"]) : null,
        reason: wasLocked ? ((before["reason"] as string | undefined) ?? null) : null,
        expiresAt: wasLocked ? ((before["expiresAt"] as string | undefined) ?? null) : null,
      },
    };
  },
  // As by hand: neither before nor after may the role be one that may do more than whoever undoes.
  roles: async (tx, accountId, { wanted }) => {
    const account = await findAccount(tx, accountId);
    const after = wanted.lockedRoleId === null ? account?.directoryRoleId : wanted.lockedRoleId;
    return [account?.roleId, after].filter((id) => id != null);
  },
  write: async (tx, { subjectId: accountId, current, wanted, cause }) => {
    const { lockedRoleId, reason, expiresAt } = { ...current, ...wanted };
    if (lockedRoleId === null) await unlockRole(tx, accountId, cause);
    else
      await lockRole(tx, {
        accountId,
        roleId: lockedRoleId,
        ...(reason !== null && { reason }),
        ...(expiresAt !== null && { expiresAt: new Date(expiresAt) }),
        cause,
      });
  },
};

type LocalStatus = { readonly status: string; readonly isLocal: boolean };

const localStatus: Reversal<LocalStatus> = {
  name: "account.local-status",
  label: "Status",
  actions: ["account.created", "account.disabled", "account.enabled"],
  permissions: [accountPermissions.edit],
  read: async (tx, accountId, hold) => {
    if (hold) await holdAccount(tx, accountId).catch(() => undefined);
    const account = await findAccount(tx, accountId);
    return account && { status: account.status, isLocal: account.userId === null };
  },
  back: (state, { action, before, after }) => {
    if (!state.isLocal) return { why: "The directory decides the status of this person." };
    // Nobody is deleted: who was added is Disabled, with their history.
    if (action === "account.created") return { state: { ...state, status: "disabled" } };
    if (state.status !== after["status"]) return { why: "The status was changed since." };
    return { state: { ...state, status: String(before["status"]) } };
  },
  roles: async (tx, accountId) => {
    const account = await findAccount(tx, accountId);
    return account === undefined ? [] : [account.roleId];
  },
  write: (tx, { subjectId, wanted, cause }) =>
    setLocalStatus(tx, subjectId, wanted.status === "active" ? "active" : "disabled", cause),
};

/** A rule as far as an administrator gives it. */
type Rule = MappingDraft & { readonly tenantId: string };

type Rules = { readonly mappings: readonly Rule[]; readonly defaultRoleId: string | null };

/** As it was given, whatever else the ledger or the table says of it. */
const asGiven = (mappings: readonly StoredRule[]): Rule[] =>
  mappings.map(({ groupId, attribute, tenantId, roleId }) => ({
    ...(groupId && { groupId }),
    ...(attribute && {
      attribute: {
        path: attribute.path,
        operator: attribute.operator,
        values: attribute.values,
      },
    }),
    tenantId,
    roleId,
  }));

type StoredRule = Pick<Mapping, "tenantId" | "roleId"> & {
  readonly groupId?: string | null;
  readonly attribute?: Pick<AttributeCondition, "path" | "operator" | "values"> | null;
};

const rulesIn = (values: Readonly<Record<string, unknown>>): Rule[] =>
  asGiven((values["mappings"] ?? []) as StoredRule[]);

const rules = (jobs: Jobs, findAttribute: FindRuleAttribute): Reversal<Rules> => ({
  name: "rules",
  label: "Role assignments",
  actions: ["rules.group-mappings-changed", "rules.default-role-changed"],
  permissions: ["provisioning:edit"],
  opening: (connectionId) => ({ hold: { key: connectionId, mode: "exclusive" } }),
  read: async (tx, connectionId) => {
    const defaultRole = await findDefaultRole(tx, connectionId);
    if (defaultRole === undefined) return undefined;
    const mappings = asGiven(await listMappings(tx, connectionId));
    return { mappings, defaultRoleId: defaultRole.roleId };
  },
  back: (state, { action, before, after }) => {
    if (action === "rules.default-role-changed")
      return state.defaultRoleId === after["roleId"]
        ? { state: { ...state, defaultRoleId: before["roleId"] as string | null } }
        : { why: "Another default access role was chosen since." };
    return isDeepStrictEqual(state.mappings, rulesIn(after))
      ? { state: { ...state, mappings: rulesIn(before) } }
      : { why: "The group mappings were changed again since." };
  },
  // As by hand (may-map.ts): what stays in front may give anything.
  roles: (_tx, _connectionId, { now, wanted }) => {
    const [old, others] = [now.mappings ?? [], wanted.mappings ?? []];
    const first = old.findIndex((rule, index) => !isDeepStrictEqual(rule, others[index]));
    const kept = first === -1 ? old.length : first;
    const touched = [...old.slice(kept), ...others.slice(kept)].map(({ roleId }) => roleId);
    return [...touched, now.defaultRoleId, wanted.defaultRoleId].filter((id) => id != null);
  },
  foresee: async (tx, connectionId, { mappings, defaultRoleId }) => {
    const drafts = mappings ?? asGiven(await listMappings(tx, connectionId));
    const draft = { drafts, findAttribute, defaultRoleId };
    const names = new Set<string>();
    let changes = 0;
    let position: string | null = null;
    do {
      const step: Awaited<ReturnType<typeof effectOfRules>> = await effectOfRules(
        tx,
        connectionId,
        { ...draft, position },
      );
      for (const { person } of step.changes) names.add(person.name);
      const { gain, lose, move, role, toLobby, fromLobby } = step.counts;
      changes += gain + lose + move + role + toLobby + fromLobby;
      position = step.next;
    } while (position !== null);
    if (changes === 0) return "Nobody's access role or tenant changes by it.";
    const shown = [...names].slice(0, 3).join(", ");
    return `${changes === 1 ? "1 change" : `${changes} changes`} of people's access roles and tenants follow: ${shown}${names.size > 3 ? " and others" : ""}.`;
  },
  write: async (tx, { subjectId: connectionId, wanted, cause }) => {
    if (wanted.mappings !== undefined)
      await saveGroupMappings(
        tx,
        jobs,
        { connectionId, cause },
        { drafts: wanted.mappings, findAttribute },
      );
    if (wanted.defaultRoleId !== undefined)
      await changeDefaultRole(tx, jobs, { connectionId, cause }, wanted.defaultRoleId);
  },
});

/** How the deeds of this module are undone. */
export const accountReversals = (jobs: Jobs, findAttribute: FindRuleAttribute): AnyReversal[] => [
  roleLock,
  localStatus,
  rules(jobs, findAttribute),
];

export const accountIrreversible: Irreversible[] = [
  {
    actions: [
      "account.role-changed",
      "account.role-reason-changed",
      "account.drifted",
      "account.identity-changed",
    ],
    why: "It followed from a role lock or the rules, and goes back with them: undo the cause of this entry instead.",
  },
];
