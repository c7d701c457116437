import type { Connection, GroupMapping, MappingDraft } from "../../api/contract.ts";

/** The rules of a connection as they are being edited. Order is priority: the first mapping that fits a person wins. */
export type Draft = {
  readonly defaultRoleId: string;
  readonly mappings: readonly MappingDraft[];
};

/** The rules as they are. `items` come mapped ones first, by priority. */
export const draftOf = (connection: Connection, items: readonly GroupMapping[]): Draft => ({
  defaultRoleId: connection.defaultRole.id,
  mappings: items.flatMap(({ group, role, tenant }) =>
    role === null
      ? []
      : [
          {
            groupId: group.id,
            roleId: role.id,
            ...(tenant && { tenantId: tenant.id }),
          },
        ],
  ),
});

/** Gives a group a role: in place if it has one, else as the last; `null` takes the mapping away. */
export const assignRole = (draft: Draft, groupId: string, roleId: string | null): Draft => {
  const { mappings } = draft;
  if (roleId === null)
    return { ...draft, mappings: mappings.filter((one) => one.groupId !== groupId) };
  const isMapped = mappings.some((one) => one.groupId === groupId);
  return {
    ...draft,
    mappings: isMapped
      ? mappings.map((one) => (one.groupId === groupId ? { ...one, roleId } : one))
      : [...mappings, { groupId, roleId }],
  };
};

/** Puts the mapping at place `from` to place `to`. */
export const moveMapping = (draft: Draft, from: number, to: number): Draft => {
  const moved = draft.mappings[from];
  if (!moved || to < 0 || to >= draft.mappings.length) return draft;
  return { ...draft, mappings: draft.mappings.toSpliced(from, 1).toSpliced(to, 0, moved) };
};

export const isSameDraft = (one: Draft, other: Draft): boolean =>
  one.defaultRoleId === other.defaultRoleId &&
  one.mappings.length === other.mappings.length &&
  one.mappings.every((mapping, place) => {
    const there = other.mappings[place];
    return mapping.groupId === there?.groupId && mapping.roleId === there.roleId;
  });
