import { listRoles, requireMayGrant, type Session } from "#access";
import { forbidden } from "#http";
import type { Transaction } from "#tenancy";
import type { AttributeCondition } from "./conditions.ts";
import type { MappingDraft } from "./edit-rules.ts";
import { findDefaultRole, listMappings } from "./store/rules.ts";

/**
 * Whoever maps groups gives roles, so no further than they may do themselves (docs/decisions/0006). A mapping that gives
 * more stays as it is, and so does each before it: to move, take away or put in front of it another one would decide who
 * gets that role.
 * @throws HttpError 403
 */
export const requireMayMap = async (
  tx: Transaction,
  session: Session,
  connectionId: string,
  drafts: readonly MappingDraft[],
): Promise<void> => {
  const home = (await findDefaultRole(tx, connectionId))?.tenantId;
  const roles = new Map((await listRoles(tx)).map((role) => [role.id, role]));
  const mappings = await listMappings(tx, connectionId);
  const last = mappings.findLastIndex(({ roleId }) => {
    const role = roles.get(roleId);
    return role !== undefined && !session.mayGrant(role);
  });
  const kept = mappings.slice(0, last + 1);
  const isKept = kept.every(({ groupId, attribute, tenantId, roleId }, index) => {
    const draft = drafts[index];
    return (
      draft !== undefined &&
      (draft.groupId ?? null) === groupId &&
      isSameCondition(draft.attribute, attribute) &&
      draft.roleId === roleId &&
      (draft.tenantId ?? home) === tenantId
    );
  });
  if (!isKept)
    throw forbidden(
      `${kept.at(-1)?.roleName} may do more than you`,
      `The group mapping that gives it, and those before it, stay as they are. Ask somebody who may do all that ${kept.at(-1)?.roleName} may.`,
    );
  await requireMayGrant(
    tx,
    session,
    drafts.slice(kept.length).map(({ roleId }) => roleId),
  );
};

const isSameCondition = (
  draft: MappingDraft["attribute"],
  kept: AttributeCondition | null,
): boolean =>
  draft === undefined || kept === null
    ? draft === undefined && kept === null
    : draft.path === kept.path &&
      draft.operator === kept.operator &&
      draft.values.join("\n") === kept.values.join("\n");

/**
 * Whoever has a credential of a connection can put anybody into any of its groups, so that it gives every role its rules
 * give.
 * @throws HttpError 403
 */
export const requireMayFeed = async (
  tx: Transaction,
  session: Session,
  connectionId: string,
): Promise<void> => {
  const defaultRole = await findDefaultRole(tx, connectionId);
  const mappings = await listMappings(tx, connectionId);
  const given = [...mappings, ...(defaultRole === undefined ? [] : [defaultRole])];
  await requireMayGrant(
    tx,
    session,
    given.flatMap(({ roleId }) => roleId ?? []),
  );
};
