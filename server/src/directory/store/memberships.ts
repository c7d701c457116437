import { isOneOf, prepare, query, statement } from "#database";
import type { InOrganisation, Transaction } from "#tenancy";
import { sql, type Expression, type RawBuilder, type SqlBool } from "kysely";

export type MemberKind = "User" | "Group";

type OfGroup = InOrganisation & { readonly groupId: string };

type NewMember = { readonly id: string; readonly kind: MemberKind };

/** Adds members; gives the ids of those who were not members before. */
export const addMembers = async (
  tx: Transaction,
  groupId: string,
  members: readonly NewMember[],
): Promise<string[]> => {
  const added = await tx.run(insertMembers(tx, groupId, members));
  return added.map(({ memberId }) => memberId);
};

/** Removes members; gives the ids of those who had been members. */
export const removeMembers = async (
  tx: Transaction,
  groupId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const removed = await tx.run(deleteMembers(tx, groupId, ids));
  return removed.map(({ memberId }) => memberId);
};

/** Writes at the end of the transaction who has come and who has gone, where that is known already. */
export const saveMembers = (
  tx: Transaction,
  groupId: string,
  { added, removed }: { added: readonly NewMember[]; removed: readonly string[] },
): void => {
  if (removed.length > 0) tx.defer(deleteMembers(tx, groupId, removed));
  if (added.length > 0) tx.defer(insertMembers(tx, groupId, added));
};

const inserting = prepare(
  (at: OfGroup & { readonly now: Date; readonly ids: string[]; readonly kinds: string[] }) =>
    statement<{ memberId: string }>(sql`
    insert into memberships (org_id, group_id, member_id, member_kind, added_at)
    select ${at.orgId}::uuid, ${at.groupId}::uuid, member.id, member.kind, ${at.now}::timestamptz
    from unnest(${at.ids}::uuid[], ${at.kinds}::text[]) as member (id, kind)
    on conflict do nothing
    returning member_id`),
);

const insertMembers = (
  { orgId, now }: Transaction,
  groupId: string,
  members: readonly NewMember[],
) =>
  inserting({
    orgId,
    groupId,
    now,
    ids: members.map(({ id }) => id),
    kinds: members.map(({ kind }) => kind),
  });

const deleting = prepare((at: OfGroup & { readonly ids: string[] }) =>
  query
    .deleteFrom("memberships")
    .where("orgId", "=", at.orgId)
    .where("groupId", "=", at.groupId)
    .where((eb) => eb("memberId", "=", eb.fn.any(eb.val(at.ids))))
    .returning("memberId"),
);

const deleteMembers = ({ orgId }: Transaction, groupId: string, ids: readonly string[]) =>
  deleting({ orgId, groupId, ids: [...ids] });

const selectingAmong = prepare((at: OfGroup & { readonly ids: string[] }) =>
  query
    .selectFrom("memberships")
    .select("memberId")
    .where("orgId", "=", at.orgId)
    .where("groupId", "=", at.groupId)
    .where((eb) => eb("memberId", "=", eb.fn.any(eb.val(at.ids)))),
);

/** The statement that finds which of these are members of the group. */
export const selectMembersAmong = (
  { orgId }: InOrganisation,
  groupId: string,
  ids: readonly string[],
) => selectingAmong({ orgId, groupId, ids: [...ids] });

/** Which of these are members of the group. */
export const listMembersAmong = async (
  tx: Transaction,
  groupId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const members = await tx.run(selectMembersAmong(tx, groupId, ids));
  return members.map(({ memberId }) => memberId);
};

/** A deleted person or group is a member of nothing. */
export const removeFromAllGroups = (tx: Transaction, memberId: string): void => {
  tx.defer(
    query.deleteFrom("memberships").where("orgId", "=", tx.orgId).where("memberId", "=", memberId),
  );
};

export const listMemberIds = async (tx: Transaction, groupId: string): Promise<string[]> => {
  const members = await tx.run(
    query
      .selectFrom("memberships")
      .select("memberId")
      .where("orgId", "=", tx.orgId)
      .where("groupId", "=", groupId)
      .orderBy("memberId"),
  );
  return members.map(({ memberId }) => memberId);
};

export type Member = { groupId: string; id: string; kind: MemberKind; name: string | null };

/** The members of several groups, each with the name it goes by. */
export const listMembers = (tx: Transaction, groupIds: readonly string[]): Promise<Member[]> =>
  tx.run(
    statement<Member>(sql`
      select m.group_id, m.member_id as id, m.member_kind as kind, coalesce(u.name, g.display_name) as name
      from memberships m
      left join directory_users u on u.org_id = m.org_id and u.id = m.member_id
      left join directory_groups g on g.org_id = m.org_id and g.id = m.member_id
      where m.org_id = ${tx.orgId} and m.group_id = any(${[...groupIds]}::uuid[])
      order by m.group_id, m.member_id`),
  );

export type PersonGroup = { userId: string; id: string; name: string };

/** The groups of several people, by name. */
export const listGroupsOf = (tx: Transaction, userIds: readonly string[]): Promise<PersonGroup[]> =>
  tx.run(
    userIds.length === 1
      ? listingOfOne({ orgId: tx.orgId, id: userIds[0]! })
      : groupsWhere(tx.orgId, isOneOf(userIds)),
  );

const groupsWhere = (orgId: string, isMember: RawBuilder<unknown>) =>
  statement<PersonGroup>(sql`
    select m.member_id as user_id, g.id, g.display_name as name
    from memberships m
    join directory_groups g on g.org_id = m.org_id and g.id = m.group_id and g.deleted_at is null
    where m.org_id = ${orgId} and m.member_id ${isMember}
    order by g.display_name_key, g.id`);

const listingOfOne = prepare((at: { readonly orgId: string; readonly id: string }) =>
  groupsWhere(at.orgId, isOneOf([at.id])),
);

/** SQL: the groups of the person in `userId`, by name, as `PersonGroup`s. */
export const groupsOf = (tx: InOrganisation, userId: Expression<unknown>) =>
  sql<Pick<PersonGroup, "id" | "name">[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.display_name) order by g.display_name_key, g.id), '[]')
    from memberships m
    join directory_groups g on g.org_id = m.org_id and g.id = m.group_id and g.deleted_at is null
    where m.org_id = ${tx.orgId} and m.member_id = ${userId})`;

/** How many members each group has. */
export const countMembers = async (
  tx: Transaction,
  connectionId: string,
): Promise<Map<string, number>> => {
  const counts = await tx.run(
    statement<{ groupId: string; members: string }>(sql`
      select m.group_id, count(*) as members
      from memberships m
      join directory_groups g on g.org_id = m.org_id and g.id = m.group_id
      where m.org_id = ${tx.orgId} and g.connection_id = ${connectionId}
      group by m.group_id`),
  );
  return new Map(counts.map(({ groupId, members }) => [groupId, Number(members)]));
};

/** SQL: the person in `userId` is a member of the group. */
export const isMemberOf = (
  tx: Transaction,
  groupId: string,
  userId: Expression<unknown>,
): Expression<SqlBool> =>
  sql<SqlBool>`exists (select from memberships m
    where m.org_id = ${tx.orgId} and m.group_id = ${groupId} and m.member_id = ${userId})`;

/** SQL: the group in `groupId` has one of the members. */
export const hasAnyMember = (
  tx: Transaction,
  groupId: Expression<unknown>,
  memberIds: readonly string[],
): Expression<SqlBool> =>
  sql<SqlBool>`exists (select from memberships m
    where m.org_id = ${tx.orgId} and m.group_id = ${groupId} and m.member_id = any(${[...memberIds]}::uuid[]))`;

/** SQL: the person in `userId` is a member of one of the groups. */
export const isInAnyGroup = (
  tx: Transaction,
  userId: Expression<unknown>,
  groupIds: readonly string[],
): Expression<SqlBool> =>
  sql<SqlBool>`exists (select from memberships m
    join directory_groups g on g.org_id = m.org_id and g.id = m.group_id and g.deleted_at is null
    where m.org_id = ${tx.orgId} and m.member_id = ${userId} and m.group_id = any(${[...groupIds]}::uuid[]))`;

/** SQL: the groups of the person in `userId` as filters compare them; addresses start with `base`. */
export const foldedGroupsOf = (tx: Transaction, userId: Expression<unknown>, base: string) =>
  sql`(select coalesce(jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name_key, 'type', 'direct',
      '$ref', ${base}::text || '/Groups/' || g.id) order by g.display_name_key, g.id), '[]')
    from memberships m
    join directory_groups g on g.org_id = m.org_id and g.id = m.group_id and g.deleted_at is null
    where m.org_id = ${tx.orgId} and m.member_id = ${userId})`;

/** SQL: the members of the group in `groupId` as filters compare them; `nameKey` says where a person's name is folded. */
export const foldedMembersOf = (
  tx: Transaction,
  groupId: Expression<unknown>,
  { base, nameKey }: { base: string; nameKey: string },
) =>
  sql`(select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('value', m.member_id, 'type', lower(m.member_kind),
      'display', coalesce(u.folded ->> ${nameKey}::text, g.display_name_key),
      '$ref', ${base}::text || '/' || m.member_kind || 's/' || m.member_id)) order by m.member_id), '[]')
    from memberships m
    left join directory_users u on u.org_id = m.org_id and u.id = m.member_id
    left join directory_groups g on g.org_id = m.org_id and g.id = m.member_id
    where m.org_id = ${tx.orgId} and m.group_id = ${groupId})`;

/** SQL: (user_id, group_id) of the given people, for one statement that reads all that a decision needs. */
export const membershipsOf = (tx: InOrganisation, userIds: readonly string[]) =>
  sql<{
    userId: string;
    groupId: string;
  }>`select m.member_id as user_id, m.group_id from memberships m
    where m.org_id = ${tx.orgId} and m.member_id ${isOneOf(userIds)}`;
