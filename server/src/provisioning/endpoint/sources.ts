import { type Filter, type ListQuery, type Resource, type ResourceType } from "@muster/scim";
import {
  countGroups,
  countUsers,
  listMembers,
  selectGroups,
  selectUsers,
  selectUsersWithGroups,
  type GroupRow,
  type UserRow,
} from "#directory";
import type { Transaction } from "#tenancy";
import { toGroupResource } from "../resources/group.ts";
import { toUserResource } from "../resources/user.ts";
import type { Call } from "./call.ts";
import { everything, filterToSql, type FilterScope } from "./filter-sql.ts";
import type { Source } from "./list.ts";
import { orderOf } from "./order.ts";
import { shows } from "./projection.ts";

type Wanted = {
  /** The type that the filter was read against. */
  readonly type: ResourceType;
  readonly filter: Filter | undefined;
  readonly asked: ListQuery;
};

type UserWithGroups = UserRow & {
  readonly position: string;
  readonly groups?: readonly { id: string; name: string }[];
};

/** The users of a connection that match. */
export const usersSource = (tx: Transaction, call: Call, wanted: Wanted): Source => {
  const { condition, order } = asSql(tx, call, wanted);
  return {
    name: wanted.type.name,
    count: () => countUsers(tx, call.connection.id, condition.where),
    read: async (part) => {
      if (condition.keepsPlan) tx.keepPlans();
      const select = shows(wanted.asked, "groups") ? selectUsersWithGroups : selectUsers;
      const rows: UserWithGroups[] = await tx.run(
        select(tx, call.connection.id, condition, { order, ...part }),
      );
      return {
        positions: rows.map(({ id, position }) => ({ id, key: position })),
        present: async (count) =>
          rows.slice(0, count).map((row) => toUserResource(row, call.base, row.groups)),
      };
    },
  };
};

/** The groups of a connection that match. */
export const groupsSource = (tx: Transaction, call: Call, wanted: Wanted): Source => {
  const { condition, order } = asSql(tx, call, wanted);
  return {
    name: wanted.type.name,
    count: () => countGroups(tx, call.connection.id, condition.where),
    read: async (part) => {
      if (condition.keepsPlan) tx.keepPlans();
      const rows = await tx.run(
        selectGroups(tx, call.connection.id, condition, { order, ...part }),
      );
      return {
        positions: rows.map(({ id, position }) => ({ id, key: position })),
        present: (count) => presentGroups(tx, call, rows.slice(0, count), wanted.asked),
      };
    },
  };
};

const asSql = (tx: Transaction, call: Call, { type, filter, asked }: Wanted) => {
  const scope: FilterScope = { tx, connectionId: call.connection.id, type, base: call.base };
  return {
    condition: filter === undefined ? everything : filterToSql(filter, scope),
    order: orderOf(asked, scope),
  };
};

const presentGroups = async (
  tx: Transaction,
  { base }: Call,
  rows: readonly GroupRow[],
  asked: ListQuery,
): Promise<Resource[]> => {
  const ids = rows.map(({ id }) => id);
  if (!shows(asked, "members")) return rows.map((row) => toGroupResource(row, base));
  const members = ids.length > 0 ? await listMembers(tx, ids) : [];
  const byGroup = Map.groupBy(members, ({ groupId }) => groupId);
  return rows.map((row) => toGroupResource(row, base, byGroup.get(row.id) ?? []));
};
