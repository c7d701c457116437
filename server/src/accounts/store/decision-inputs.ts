import { roleNames } from "#access";
import { isOneOf, query, statement } from "#database";
import { foldedParts, groupName, membershipsOf } from "#directory";
import { archivedTenants, type Transaction } from "#tenancy";
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
    tx.first(statement(selectRules(tx, connectionId))),
    isAnybody ? tx.run(selectAccounts(tx, userIds, reading)) : [],
    isAnybody ? tx.first(statement(selectAround(tx, connectionId, { userIds, reading }))) : nobody,
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

const selectRules = (tx: Transaction, connectionId: string) => sql<RulesRow>`
  select
    (select jsonb_build_object('tenantId', d.tenant_id, 'roleId', d.role_id)
      from default_roles d where d.org_id = ${tx.orgId} and d.connection_id = ${connectionId}) as default_role,
    (select coalesce(jsonb_agg(jsonb_build_object('groupId', group_id, 'tenantId', tenant_id, 'roleId', role_id,
        'groupName', ${groupName(tx, sql`rules.group_id`)}, 'attribute', ${attributeOf(sql`rules`)})
        order by priority), '[]')
      from group_mappings rules where org_id = ${tx.orgId} and connection_id = ${connectionId}) as mappings,
    ${roleNames(tx)} as role_names,
    ${archivedTenants(tx)} as archived,
    coalesce((select jsonb_build_object('mode', s.mode, 'isTripped', s.tripped_at is not null)
      from safeguards s where s.org_id = ${tx.orgId} and s.connection_id = ${connectionId}),
      '{"mode": "live", "isTripped": false}') as safeguard`;

const selectAccounts = (tx: Transaction, userIds: readonly string[], { preview }: Reading) => {
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
    .where("a.orgId", "=", tx.orgId)
    .where(sql<SqlBool>`a.user_id ${isOneOf(userIds)}`)
    .orderBy("a.id")
    .$castTo<Omit<CurrentAccount, "roleName" | "lockedRoleName">>();
  return preview === undefined ? select.forNoKeyUpdate("a") : select;
};

/** What else is known of the people. */
type Around = Pick<DecisionInputs, "memberships" | "attributes" | "waiting" | "held">;

const nobody: Around = { memberships: [], attributes: [], waiting: [], held: [] };

type Wanted = { readonly userIds: readonly string[]; readonly reading: Reading };

const selectAround = (
  tx: Transaction,
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
