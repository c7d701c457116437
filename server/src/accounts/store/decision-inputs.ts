import { roleNames } from "#access";
import { isOneOf, prepare, query, statement, type Query } from "#database";
import { foldedParts, groupName, membershipsOf } from "#directory";
import { archivedTenants, type InOrganisation, type Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";
import type { AttributeCondition, Attributes } from "../conditions.ts";
import type { Mapping } from "../decide.ts";

/** A Sub Account as it stands, read and held for the decision about its person. */
export type CurrentAccount = {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly userName: string | null;
  readonly status: "active" | "disabled";
  readonly statusReason: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly roleOrigin: "lock" | "mapping" | "default";
  readonly roleGroupId: string | null;
  readonly directoryRoleId: string | null;
  readonly directoryRoleGroupId: string | null;
  readonly roleCondition: string | null;
  readonly directoryRoleCondition: string | null;
  /** The lock put the person into the tenant. */
  readonly isPlaced: boolean;
  readonly lockedRoleId: string | null;
  readonly lockedRoleName: string | null;
};

export type NamedMapping = Mapping & {
  readonly roleName: string;
  readonly groupName: string | null;
};

export type DecisionInputs = {
  readonly defaultRole: {
    readonly tenantId: string;
    readonly roleId: string | null;
    readonly roleName: string | null;
  };
  readonly mappings: readonly NamedMapping[];
  readonly archived: readonly string[];
  /** [user id, group id], mapped groups only. */
  readonly memberships: readonly (readonly [string, string])[];
  /** [user id, the attributes that rules read, folded]; nobody where no rule reads any. */
  readonly attributes: readonly (readonly [string, Attributes])[];
  readonly accounts: readonly CurrentAccount[];
  /** Who of them is in the lobby, as written there. */
  readonly waiting: readonly {
    readonly userId: string;
    readonly name: string;
    readonly email: string | null;
    readonly active: boolean;
  }[];
  readonly safeguard: { readonly mode: "live" | "dry-run"; readonly isTripped: boolean };
  /** What is held of these people. */
  readonly held: readonly {
    readonly userId: string;
    readonly because: "dry-run" | "guard" | "last-administrator";
    readonly isDiscarded: boolean;
    readonly outcome: string;
  }[];
};

type Reading = {
  /** Nothing is held, and the members of groups and the attributes that no rule names yet are read too. */
  readonly preview?: { readonly alsoOf: readonly string[]; readonly alsoRead: readonly string[] };
  /** The people were sent by this request, and so carry their attributes with them. */
  readonly areSent?: boolean;
};

/**
 * All that decide() needs about some people of one connection, in one message. Their accounts are held until the
 * transaction ends, so that a check-out to them and a decision about them follow each other.
 * The people themselves must be held already (`lockPeople`): a statement sees what was committed before it began.
 *
 * @param userIds none for somebody who is only just arriving, of whom there is nothing to read
 */
export const readDecisionInputs = async (
  tx: Transaction,
  connectionId: string,
  userIds: readonly string[],
  reading: Reading = {},
): Promise<DecisionInputs> => {
  const isAnybody = userIds.length > 0;
  const [rules, accounts, around] = await Promise.all([
    tx.first(readingRules({ orgId: tx.orgId, connectionId })),
    isAnybody ? tx.run(accountsOf(tx, userIds, reading)) : [],
    isAnybody ? tx.first(aroundOf(tx, connectionId, userIds, reading)) : nobody,
  ]);
  const { defaultRole, mappings, roleNames, archived, safeguard } = rules!;
  if (defaultRole === null)
    throw new Error(`connection ${connectionId} has no default access role`);
  return {
    archived,
    safeguard,
    ...around!,
    defaultRole: { ...defaultRole, roleName: nameIn(roleNames, defaultRole.roleId) },
    mappings: mappings.map((mapping) => ({ ...mapping, roleName: roleNames[mapping.roleId]! })),
    accounts: accounts.map((account) => ({
      ...account,
      roleName: roleNames[account.roleId]!,
      lockedRoleName: nameIn(roleNames, account.lockedRoleId),
    })),
  };
};

const nameIn = (roleNames: Readonly<Record<string, string>>, roleId: string | null) =>
  roleId === null ? null : roleNames[roleId]!;

type RulesRow = Pick<DecisionInputs, "archived" | "safeguard"> & {
  readonly defaultRole: Omit<DecisionInputs["defaultRole"], "roleName"> | null;
  readonly mappings: readonly Omit<NamedMapping, "roleName">[];
  readonly roleNames: Readonly<Record<string, string>>;
};

const readingRules = prepare((at: InOrganisation & { readonly connectionId: string }) =>
  statement(sql<RulesRow>`
  select
    (select jsonb_build_object('tenantId', d.tenant_id, 'roleId', d.role_id)
      from default_roles d where d.org_id = ${at.orgId} and d.connection_id = ${at.connectionId}) as default_role,
    (select coalesce(jsonb_agg(jsonb_build_object('groupId', group_id, 'tenantId', tenant_id, 'roleId', role_id,
        'groupName', ${groupName(at, sql`rules.group_id`)}, 'attribute', ${attributeOf(sql`rules`)})
        order by priority), '[]')
      from group_mappings rules where org_id = ${at.orgId} and connection_id = ${at.connectionId}) as mappings,
    ${roleNames(at)} as role_names,
    ${archivedTenants(at)} as archived,
    coalesce((select jsonb_build_object('mode', s.mode, 'isTripped', s.tripped_at is not null)
      from safeguards s where s.org_id = ${at.orgId} and s.connection_id = ${at.connectionId}),
      '{"mode": "live", "isTripped": false}') as safeguard`),
);

/** Of one person who was sent it is the same statement each time. */
const accountsOf = (
  { orgId }: InOrganisation,
  userIds: readonly string[],
  reading: Reading,
): Query<AccountRow> =>
  reading.areSent === true && userIds.length === 1
    ? accountsOfSent({ orgId, userId: userIds[0]! })
    : selectAccounts({ orgId }, userIds, reading);

type AccountRow = Omit<CurrentAccount, "roleName" | "lockedRoleName">;
type OfOne = InOrganisation & { readonly userId: string };

const accountsOfSent = prepare((at: OfOne) => selectAccounts(at, [at.userId], { areSent: true }));

const selectAccounts = (
  { orgId }: InOrganisation,
  userIds: readonly string[],
  { preview }: Reading,
): Query<AccountRow> => {
  const select = query
    .selectFrom("accounts as a")
    .leftJoin("roleLocks as l", (join) =>
      join.onRef("l.orgId", "=", "a.orgId").onRef("l.accountId", "=", "a.id"),
    )
    .select([
      "a.id",
      "a.tenantId",
      "a.userId",
      "a.name",
      "a.email",
      "a.userName",
      "a.status",
      "a.statusReason",
      "a.roleId",
      "a.roleOrigin",
      "a.roleGroupId",
      "a.directoryRoleId",
      "a.directoryRoleGroupId",
      "a.roleCondition",
      "a.directoryRoleCondition",
      "l.roleId as lockedRoleId",
      sql<boolean>`coalesce(l.places, false)`.as("isPlaced"),
    ])
    .where("a.orgId", "=", orgId)
    .where(sql<SqlBool>`a.user_id ${isOneOf(userIds)}`)
    .orderBy("a.id")
    .$castTo<AccountRow>();
  return preview === undefined ? select.forNoKeyUpdate("a") : select;
};

/** What else is known of the people. */
type Around = Pick<DecisionInputs, "memberships" | "attributes" | "waiting" | "held">;

const nobody: Around = { memberships: [], attributes: [], waiting: [], held: [] };

const aroundOf = (
  { orgId }: InOrganisation,
  connectionId: string,
  userIds: readonly string[],
  reading: Reading,
): Query<Around> =>
  reading.areSent === true && userIds.length === 1
    ? aroundSent({ orgId, connectionId, userId: userIds[0]! })
    : statement(selectAround({ orgId }, connectionId, { userIds, reading }));

const aroundSent = prepare((at: OfOne & { readonly connectionId: string }) =>
  statement(
    selectAround(at, at.connectionId, { userIds: [at.userId], reading: { areSent: true } }),
  ),
);

type Wanted = { readonly userIds: readonly string[]; readonly reading: Reading };

const selectAround = (
  tx: InOrganisation,
  connectionId: string,
  { userIds, reading: { preview, areSent } }: Wanted,
) => sql<Around>`
  select
    (select coalesce(jsonb_agg(jsonb_build_array(user_id, group_id)), '[]')
      from (${membershipsOf(tx, userIds)}) m
      where group_id in (select group_id from group_mappings where org_id = ${tx.orgId} and connection_id = ${connectionId})
        or group_id = any(${[...(preview?.alsoOf ?? [])]}::uuid[])) as memberships,
    ${
      areSent === true
        ? sql`'[]'::jsonb`
        : foldedParts(
            tx,
            userIds,
            sql`array(select attribute_keys[1] from group_mappings
              where org_id = ${tx.orgId} and connection_id = ${connectionId} and attribute is not null
              union select unnest(${[...(preview?.alsoRead ?? [])]}::text[]))`,
          )
    } as attributes,
    (select coalesce(jsonb_agg(jsonb_build_object('userId', w.user_id, 'name', w.name, 'email', w.email,
        'active', w.active)), '[]')
      from lobby w where w.org_id = ${tx.orgId} and w.user_id ${isOneOf(userIds)}) as waiting,
    (select coalesce(jsonb_agg(jsonb_build_object('userId', h.user_id, 'because', h.because, 'isDiscarded', h.discarded_at is not null,
        'outcome', h.outcome)), '[]')
      from held_changes h where h.org_id = ${tx.orgId} and h.user_id ${isOneOf(userIds)}) as held`;

/** Which attributes the rules read, by the first of their keys, in lower case: what `attributesRead` asks for. */
export const attributesReadIn = ({ mappings }: DecisionInputs): string[] =>
  mappings.flatMap(({ attribute }) => attribute?.keys[0]?.toLowerCase() ?? []);

/** SQL: the attribute condition of a row of group_mappings, null for one that asks for a group. */
export const attributeOf = (rule: Expression<unknown>) =>
  sql<AttributeCondition | null>`case when ${rule}.attribute is not null then jsonb_build_object('path', ${rule}.attribute,
    'keys', ${rule}.attribute_keys, 'operator', ${rule}.operator, 'values', ${rule}.operands,
    'folded', ${rule}.folded_operands) end`;
