import { roleName } from "#access";
import { isOneOf, statement } from "#database";
import { foldedParts, groupName, membershipsOf } from "#directory";
import { archivedTenants, type Transaction } from "#tenancy";
import { sql, type Expression } from "kysely";
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
  readonly createdAt: string;
  readonly changedAt: string;
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

/**
 * All that decide() needs about some people of one connection, in one message. Their accounts are held until the
 * transaction ends, so that a check-out to them and a decision about them follow each other.
 * The people themselves must be held already (`lockPeople`): a statement sees what was committed before it began.
 *
 * For a preview nothing is held, and the members of groups and the attributes that no rule names yet are read too.
 */
export const readDecisionInputs = async (
  tx: Transaction,
  connectionId: string,
  userIds: readonly string[],
  preview?: { readonly alsoOf: readonly string[]; readonly alsoRead: readonly string[] },
): Promise<DecisionInputs> => {
  const inputs = await tx.first(
    statement<DecisionInputs>(sql`
      with held as (
        select * from accounts
        where org_id = ${tx.orgId} and user_id ${isOneOf(userIds)}
        order by id ${preview === undefined ? sql`for no key update` : sql``}
      ), rules as (
        select * from group_mappings where org_id = ${tx.orgId} and connection_id = ${connectionId}
      )
      select
        (select jsonb_build_object('tenantId', d.tenant_id, 'roleId', d.role_id,
            'roleName', ${roleName(tx, sql`d.role_id`)})
          from default_roles d where d.org_id = ${tx.orgId} and d.connection_id = ${connectionId}) as default_role,
        (select coalesce(jsonb_agg(jsonb_build_object('groupId', group_id, 'tenantId', tenant_id, 'roleId', role_id,
            'roleName', ${roleName(tx, sql`rules.role_id`)}, 'groupName', ${groupName(tx, sql`rules.group_id`)},
            'attribute', ${attributeOf(sql`rules`)})
            order by priority), '[]') from rules) as mappings,
        ${archivedTenants(tx)} as archived,
        (select coalesce(jsonb_agg(jsonb_build_array(user_id, group_id)), '[]')
          from (${membershipsOf(tx, userIds)}) m
          where group_id in (select group_id from rules) or group_id = any(${[...(preview?.alsoOf ?? [])]}::uuid[])) as memberships,
        ${foldedParts(
          tx,
          userIds,
          sql`array(select attribute_keys[1] from rules where attribute is not null
            union select unnest(${[...(preview?.alsoRead ?? [])]}::text[]))`,
        )} as attributes,
        (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'tenantId', tenant_id, 'userId', user_id, 'name', name,
            'email', email, 'userName', user_name, 'status', status, 'statusReason', status_reason,
            'roleId', held.role_id, 'roleName', ${roleName(tx, sql`held.role_id`)}, 'roleOrigin', role_origin,
            'roleGroupId', role_group_id, 'directoryRoleId', directory_role_id,
            'directoryRoleGroupId', directory_role_group_id, 'roleCondition', role_condition,
            'directoryRoleCondition', directory_role_condition, 'isPlaced', coalesce(l.places, false),
            'createdAt', created_at, 'changedAt', changed_at,
            'lockedRoleId', l.role_id, 'lockedRoleName', ${roleName(tx, sql`l.role_id`)})), '[]')
          from held left join role_locks l on l.org_id = held.org_id and l.account_id = held.id) as accounts,
        (select coalesce(jsonb_agg(jsonb_build_object('userId', w.user_id, 'name', w.name, 'email', w.email,
            'active', w.active)), '[]')
          from lobby w where w.org_id = ${tx.orgId} and w.user_id ${isOneOf(userIds)}) as waiting,
        coalesce((select jsonb_build_object('mode', s.mode, 'isTripped', s.tripped_at is not null)
          from safeguards s where s.org_id = ${tx.orgId} and s.connection_id = ${connectionId}),
          '{"mode": "live", "isTripped": false}') as safeguard,
        (select coalesce(jsonb_agg(jsonb_build_object('userId', h.user_id, 'because', h.because, 'isDiscarded', h.discarded_at is not null,
            'outcome', h.outcome)), '[]')
          from held_changes h where h.org_id = ${tx.orgId} and h.user_id ${isOneOf(userIds)}) as held`),
  );
  if (!inputs?.defaultRole)
    throw new Error(`connection ${connectionId} has no default access role`);
  return inputs;
};

/** SQL: the attribute condition of a row of group_mappings, null for one that asks for a group. */
export const attributeOf = (rule: Expression<unknown>) =>
  sql<AttributeCondition | null>`case when ${rule}.attribute is not null then jsonb_build_object('path', ${rule}.attribute,
    'keys', ${rule}.attribute_keys, 'operator', ${rule}.operator, 'values', ${rule}.operands,
    'folded', ${rule}.folded_operands) end`;
