import {
  groupResourceType,
  listResponse,
  parseFilter,
  parseListQuery,
  projectResource,
  userResourceType,
  type Filter,
  type Resource,
  type ResourceType,
} from "@muster/scim";
import {
  countGroups,
  countUsers,
  listGroupsOf,
  listMembers,
  searchGroups,
  searchUsers,
  type GroupRow,
  type Member,
  type UserRow,
} from "#directory";
import type { Transaction } from "#tenancy";
import { normalizeFilter } from "../entra-quirks.ts";
import { toGroupResource } from "../resources/group.ts";
import { toUserResource } from "../resources/user.ts";
import type { Answer, Call } from "./call.ts";
import { everything, filterToSql } from "./filter-sql.ts";
import { findPage } from "./list.ts";
import { shows } from "./projection.ts";

export const pageSize = { default: 100, most: 500 };

/** GET /Users */
export const listUsers = (
  tx: Transaction,
  call: Call,
  query: Record<string, unknown>,
): Promise<Answer> =>
  answerList(tx, call, query, userResourceType, (asked) => ({
    search: (condition, slice) => searchUsers(tx, call.connection.id, condition, slice),
    count: (condition) => countUsers(tx, call.connection.id, condition),
    toResources: async (rows: readonly UserRow[]) => {
      const groups = shows(asked, "groups")
        ? await listGroupsOf(
            tx,
            rows.map(({ id }) => id),
          )
        : [];
      const byUser = Map.groupBy(groups, ({ userId }) => userId);
      return rows.map((row) => toUserResource(row, call.base, byUser.get(row.id)));
    },
  }));

/** GET /Groups */
export const listGroups = (
  tx: Transaction,
  call: Call,
  query: Record<string, unknown>,
): Promise<Answer> =>
  answerList(tx, call, query, groupResourceType, (asked) => ({
    search: (condition, slice) => searchGroups(tx, call.connection.id, condition, slice),
    count: (condition) => countGroups(tx, call.connection.id, condition),
    toResources: async (rows: readonly GroupRow[]) => {
      if (!shows(asked, "members")) return rows.map((row) => toGroupResource(row, call.base));
      const members = Map.groupBy(
        await listMembers(
          tx,
          rows.map(({ id }) => id),
        ),
        ({ groupId }) => groupId,
      );
      return rows.map((row): Resource =>
        toGroupResource(row, call.base, members.get(row.id) ?? ([] as Member[])),
      );
    },
  }));

type Asked = ReturnType<typeof parseListQuery>;

const answerList = async <Row extends { id: string }>(
  tx: Transaction,
  call: Call,
  query: Record<string, unknown>,
  type: ResourceType,
  sourceFor: (asked: Asked) => Parameters<typeof findPage<Row>>[0],
): Promise<Answer> => {
  const asked = parseListQuery(query, type);
  const filter = asked.filter === undefined ? undefined : readFilter(asked.filter, type);
  const where =
    filter === undefined
      ? everything
      : filterToSql(filter, { tx, connectionId: call.connection.id, type });
  const { startIndex } = asked;
  const count = Math.min(asked.count ?? pageSize.default, pageSize.most);
  const { total, resources } = await findPage(sourceFor(asked), where, filter, {
    startIndex,
    count,
  });
  return {
    status: 200,
    body: listResponse(
      resources.map((resource) => projectResource(type, resource, asked)),
      { totalResults: total, startIndex },
    ),
    outcome: "read",
    ...describeList(type, asked.filter, resources),
  };
};

const readFilter = (text: string, type: ResourceType): Filter =>
  parseFilter(normalizeFilter(text, type), type);

const describeList = (
  type: ResourceType,
  filter: string | undefined,
  resources: readonly Resource[],
) => {
  const noun = type.name === "User" ? "users" : "groups";
  const [only] = resources;
  if (resources.length !== 1 || only === undefined || filter === undefined)
    return { summary: filter === undefined ? `Listed ${noun}` : `Looked for ${noun} by ${filter}` };
  const name = String(only["displayName"] ?? only["userName"] ?? only.id);
  return {
    summary: `Found ${name} by ${filter}`,
    resource: { type: type.name as "User" | "Group", id: String(only.id), name },
  };
};
