import type { Connection, GroupMapping, MappingDraft } from "../../api/contract.ts";

/** A rule being edited; the key tells it from the others wherever it is moved. */
export type Rule = MappingDraft & { readonly key: string };

/**
 * The rules of a connection as they are being edited. Order is priority: in each tenant the first rule that takes a
 * person wins. Without a default role, whom no rule takes waits in the lobby.
 */
export type Draft = {
  readonly defaultRoleId: string | null;
  readonly mappings: readonly Rule[];
};

/** The rules as they are. `items` come rules first, by priority. */
export const draftOf = (connection: Connection, items: readonly GroupMapping[]): Draft => ({
  defaultRoleId: connection.defaultRole?.id ?? null,
  mappings: items.flatMap(({ group, attribute, role, tenant }) =>
    role === null
      ? []
      : [
          {
            key: keyOf({ groupId: group?.id, attribute, tenantId: tenant?.id }),
            ...(group && { groupId: group.id }),
            ...(attribute && { attribute }),
            roleId: role.id,
            ...(tenant && { tenantId: tenant.id }),
          },
        ],
  ),
});

const keyOf = (asked: object): string => JSON.stringify(asked);

/** Adds a rule as the last, so that it overrides nobody. */
export const addRule = (draft: Draft, rule: MappingDraft): Draft => ({
  ...draft,
  mappings: [...draft.mappings, { ...rule, key: `new ${draft.mappings.length} ${keyOf(rule)}` }],
});

/** Whether it is not saved yet. */
export const isAdded = ({ key }: Rule): boolean => key.startsWith("new ");

/** Another role, tenant or condition in the same place. */
export const changeRule = (draft: Draft, key: string, change: Partial<MappingDraft>): Draft => ({
  ...draft,
  mappings: draft.mappings.map((rule) => (rule.key === key ? { ...rule, ...change } : rule)),
});

export const removeRule = (draft: Draft, key: string): Draft => ({
  ...draft,
  mappings: draft.mappings.filter((rule) => rule.key !== key),
});

/** Puts the rule at place `from` to place `to`. */
export const moveRule = (draft: Draft, from: number, to: number): Draft => {
  const moved = draft.mappings[from];
  if (!moved || to < 0 || to >= draft.mappings.length) return draft;
  return { ...draft, mappings: draft.mappings.toSpliced(from, 1).toSpliced(to, 0, moved) };
};

/** The rules as the server takes them. */
export const toRequest = ({ defaultRoleId, mappings }: Draft) => ({
  defaultRoleId,
  mappings: mappings.map(({ key: _key, ...rule }): MappingDraft => rule),
});

export const isSameDraft = (one: Draft, other: Draft): boolean =>
  JSON.stringify(toPlain(one)) === JSON.stringify(toPlain(other));

const toPlain = ({ defaultRoleId, mappings }: Draft) => [
  defaultRoleId,
  mappings.map(({ groupId, attribute, roleId, tenantId }) => [
    groupId,
    attribute?.path,
    attribute?.operator,
    attribute?.values,
    roleId,
    tenantId,
  ]),
];
