import {
  listResponse,
  parseFilter,
  parseListQuery,
  printFilter,
  printPath,
  projectResource,
  scimErrors,
  SEARCH_REQUEST,
  type Filter,
  type ListQuery,
  type Resource,
  type ResourceType,
} from "@muster/scim";
import type { Transaction } from "#tenancy";
import type { Dialect } from "../dialect/dialect.ts";
import { normalizeFilter } from "../entra-quirks.ts";
import type { Answer, Call } from "./call.ts";
import { readCursor, writeCursor, type CursorList } from "./cursor.ts";
import { findPage, findPageAfter, type Source } from "./list.ts";
import { pageSize } from "./page-size.ts";
import { groupsSource, usersSource } from "./sources.ts";

type Query = Readonly<Record<string, unknown>>;

/** GET /Users, POST /Users/.search */
export const listUsers = async (tx: Transaction, call: Call, query: Query): Promise<Answer> => {
  const type = call.dialect.user;
  const asked = parseListQuery(query, type);
  const filter = readFilter(call, asked, type);
  const sources = [usersSource(tx, call, { type, filter, asked })];
  return answerList(call, sources, asked, {
    noun: "users",
    list: listOf(call, "Users", asked, filter),
  });
};

/** GET /Groups, POST /Groups/.search */
export const listGroups = async (tx: Transaction, call: Call, query: Query): Promise<Answer> => {
  const type = call.dialect.group;
  const asked = parseListQuery(query, type);
  const filter = readFilter(call, asked, type);
  const sources = [groupsSource(tx, call, { type, filter, asked })];
  return answerList(call, sources, asked, {
    noun: "groups",
    list: listOf(call, "Groups", asked, filter),
  });
};

/**
 * POST /.search: users, and behind them groups (RFC 7644 §3.4.2.1). What a filter says of an attribute that a type does
 * not have is said of an attribute without a value.
 */
export const searchAll = async (tx: Transaction, call: Call, query: Query): Promise<Answer> => {
  const { anyUser, anyGroup } = unionsOf(call.dialect);
  const asked = parseListQuery(query, anyUser);
  if (asked.sortBy !== undefined)
    throw scimErrors.invalidValue(
      "Users and groups are not sorted among each other. Sort at /Users/.search or /Groups/.search.",
    );
  const filter = readFilter(call, asked, anyUser);
  const sources = [
    usersSource(tx, call, { type: anyUser, filter, asked }),
    groupsSource(tx, call, { type: anyGroup, filter: readFilter(call, asked, anyGroup), asked }),
  ];
  return answerList(call, sources, asked, {
    noun: "users and groups",
    list: listOf(call, "", asked, filter),
  });
};

/** The body of a POST /.search as a query. */
export const readSearchRequest = (body: unknown): Query => {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw scimErrors.invalidSyntax("A SearchRequest must be a JSON object.");
  const { schemas } = body as Query;
  if (schemas !== undefined && !(Array.isArray(schemas) && schemas.includes(SEARCH_REQUEST)))
    throw scimErrors.invalidSyntax(
      `The schemas of a SearchRequest must contain ${SEARCH_REQUEST}.`,
    );
  return body as Query;
};

/** A type that knows the attributes of another too, of which its resources have none. */
const withAttributesOf = (type: ResourceType, other: ResourceType): ResourceType => {
  const own = new Set(type.schema.attributes.map(({ name }) => name));
  const added = other.schema.attributes.filter(({ name }) => !own.has(name));
  const extensions = new Set([...type.extensions, ...other.extensions]);
  return {
    ...type,
    schema: { ...type.schema, attributes: [...type.schema.attributes, ...added] },
    extensions: [...extensions],
  };
};

type Unions = { readonly anyUser: ResourceType; readonly anyGroup: ResourceType };

const unions = new WeakMap<Dialect, Unions>();

/** Made once for each dialect, so that what is looked up in them is indexed once. */
const unionsOf = (dialect: Dialect): Unions => {
  const known = unions.get(dialect);
  if (known !== undefined) return known;
  const { user, group } = dialect;
  const made = { anyUser: withAttributesOf(user, group), anyGroup: withAttributesOf(group, user) };
  unions.set(dialect, made);
  return made;
};

const readFilter = (
  { dialect: { quirks: enabled } }: Call,
  { filter }: ListQuery,
  type: ResourceType,
): Filter | undefined =>
  filter === undefined ? undefined : parseFilter(normalizeFilter(filter, type, { enabled }), type);

/** What makes two queries the same list. */
const listOf = (
  { connection }: Call,
  endpoint: string,
  { sortBy, sortOrder }: ListQuery,
  filter: Filter | undefined,
): CursorList => [
  connection.id,
  endpoint,
  filter && printFilter(filter),
  sortBy && printPath(sortBy),
  sortBy && sortOrder,
];

type Listing = { readonly noun: string; readonly list: CursorList };

const answerList = async (
  call: Call,
  sources: readonly Source[],
  asked: ListQuery,
  { noun, list }: Listing,
): Promise<Answer> => {
  const count = Math.min(asked.count ?? pageSize.default, pageSize.most);
  const { resources, page } = await (
    asked.cursor === undefined || count === 0
      ? pageByIndex(sources, asked.startIndex, count)
      : pageByCursor(sources, asked.cursor, { count, list })
  ).catch(refuseEndless);
  return {
    status: 200,
    body: listResponse(
      resources.map((resource) => projectResource(typeOf(call, resource), resource, asked)),
      page,
    ),
    outcome: "read",
    ...describeList(noun, asked.filter, resources),
  };
};

/** The database gave up: what no index answers can take too long in a large directory. */
const refuseEndless = (error: unknown): never => {
  if ((error as { code?: string }).code !== "57014") throw error;
  throw scimErrors.tooMany(
    "The filter takes too long to answer. Narrow it down with an attribute and eq, or page with a cursor.",
  );
};

const pageByIndex = async (sources: readonly Source[], startIndex: number, count: number) => {
  const { total, resources } = await findPage(sources, { startIndex, count });
  return { resources, page: { totalResults: total, startIndex } };
};

/** RFC 9865 §2: without a total, which would have to be counted again for every page. */
const pageByCursor = async (
  sources: readonly Source[],
  cursor: string,
  { count, list }: { count: number; list: CursorList },
) => {
  const { resources, end } = await findPageAfter(sources, readCursor(cursor, list), count);
  return { resources, page: end === undefined ? {} : { nextCursor: writeCursor(end, list) } };
};

const typeOf = ({ dialect: { user, group } }: Call, { meta }: Resource): ResourceType =>
  meta?.resourceType === group.name ? group : user;

const describeList = (
  noun: string,
  filter: string | undefined,
  resources: readonly Resource[],
): Pick<Answer, "summary" | "resource"> => {
  const [only] = resources;
  if (resources.length !== 1 || only === undefined || filter === undefined)
    return { summary: filter === undefined ? `Listed ${noun}` : `Looked for ${noun} by ${filter}` };
  const name = String(only["displayName"] ?? only["userName"]);
  return {
    summary: `Found ${name} by ${filter}`,
    resource: { type: only.meta?.resourceType as "User" | "Group", id: String(only.id), name },
  };
};
