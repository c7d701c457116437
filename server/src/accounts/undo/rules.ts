import { isDeepStrictEqual } from "node:util";
import type { Jobs } from "#jobs";
import type { Reversal } from "#ledger";
import type { AttributeCondition } from "../conditions.ts";
import type { Mapping } from "../decide.ts";
import { changeDefaultRole, saveGroupMappings, type MappingDraft } from "../edit-rules.ts";
import type { FindRuleAttribute } from "../rule-attribute.ts";
import { effectOfRules } from "../rules-effect.ts";
import { findDefaultRole, listMappings } from "../store/rules.ts";

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

/** The rules of a connection as they were before an edit; everybody is decided again in the background. */
export const rules = (jobs: Jobs, findAttribute: FindRuleAttribute): Reversal<Rules> => ({
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
      : { why: "The rules were changed again since." };
  },
  // As by hand (may-map.ts): what stays in front may give anything.
  roles: (_tx, _connectionId, { now, wanted }) => {
    const [old, others] = [now.mappings ?? [], wanted.mappings ?? []];
    const first = old.findIndex((rule, index) => !isDeepStrictEqual(rule, others[index]));
    const kept = first === -1 ? old.length : first;
    const touched = [...old.slice(kept), ...others.slice(kept)].map(({ roleId }) => roleId);
    return [...touched, now.defaultRoleId, wanted.defaultRoleId].filter((id) => id != null);
  },
  foresee: async (tx, connectionId, { mappings, defaultRoleId }, position) => {
    const drafts = mappings ?? asGiven(await listMappings(tx, connectionId));
    const draft = { drafts, findAttribute, defaultRoleId, position };
    const { counts, changes, ...walk } = await effectOfRules(tx, connectionId, draft);
    const { gain, lose, move, role, toLobby, fromLobby } = counts;
    return {
      ...walk,
      changes: gain + lose + move + role + toLobby + fromLobby,
      names: changes.map(({ person }) => person.name),
    };
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
