import { listRoles } from "#access";
import { findGroupNames, listPeopleAfter, type Person } from "#directory";
import type { Transaction } from "#tenancy";
import { decideChanges } from "./apply-decisions.ts";
import { checkMappings, requireDefaultRole, type MappingDraft } from "./edit-rules.ts";
import { readDecisionInputs } from "./store/decision-inputs.ts";

export type PreviewedChange = {
  readonly account: { readonly id: string; readonly name: string };
  readonly from: { readonly id: string; readonly name: string } | null;
  readonly to: { readonly id: string; readonly name: string };
};

type Draft = { readonly mappings: readonly MappingDraft[]; readonly defaultRoleId?: string };

const peoplePerStep = 1000;
const shownChanges = 100;

/** Who would get another role under edited rules: the same decision, written nowhere. */
export const previewRules = async (tx: Transaction, connectionId: string, draft: Draft) => {
  const mappings = await checkMappings(tx, connectionId, draft.mappings);
  const current = await requireDefaultRole(tx, connectionId);
  const roles = new Map((await listRoles(tx)).map(({ id, name }) => [id, name]));
  const groupIds = mappings.map(({ groupId }) => groupId);
  const groups = await findGroupNames(tx, groupIds);
  const roleId = draft.defaultRoleId ?? current.roleId;
  const named = {
    roleName: (id: string) => roles.get(id) ?? "",
    groupName: (id: string) => groups.get(id) ?? "",
  };
  // Archived tenants come with each step's inputs.
  const rules = {
    defaultRole: { tenantId: current.tenantId, roleId, roleName: named.roleName(roleId) },
    mappings: mappings.map((mapping) => ({
      ...mapping,
      roleName: named.roleName(mapping.roleId),
      groupName: named.groupName(mapping.groupId),
    })),
  };
  const changes: PreviewedChange[] = [];
  let total = 0;
  let position: string | null = null;
  for (;;) {
    const people = await listNext(tx, connectionId, position);
    const last = people.at(-1);
    if (last === undefined) return { total, changes };
    const ids = people.map(({ id }) => id);
    const inputs = await readDecisionInputs(tx, connectionId, ids, { alsoOf: groupIds });
    for (const { before, after } of decideChanges(people, { ...inputs, ...rules })) {
      if (before?.roleId === after.roleId) continue;
      total += 1;
      if (changes.length < shownChanges)
        changes.push({
          account: { id: after.id, name: after.name },
          from: before ? { id: before.roleId, name: before.roleName } : null,
          to: { id: after.roleId, name: named.roleName(after.roleId) },
        });
    }
    position = last.id;
  }
};

const listNext = (
  tx: Transaction,
  connectionId: string,
  position: string | null,
): Promise<Person[]> => listPeopleAfter(tx, connectionId, { position, limit: peoplePerStep });
