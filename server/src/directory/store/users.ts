import { isOneOf, prepare, query, statement, type Query } from "#database";
import type { InOrganisation, Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";
import type { DirectoryUserWrite } from "../types.ts";
import { rememberingLookups } from "./lookup.ts";
import { groupsOf } from "./memberships.ts";
import { positionIn, sliced, type Selection, type Slice } from "./slice.ts";

const liveOf = ({ orgId, connectionId }: { orgId: string; connectionId: string }) =>
  query
    .selectFrom("directoryUsers")
    .where("orgId", "=", orgId)
    .where("connectionId", "=", connectionId)
    .where("deletedAt", "is", null);

const live = ({ orgId }: InOrganisation, connectionId: string) => liveOf({ orgId, connectionId });

type Key = { readonly orgId: string; readonly connectionId: string; readonly id: string };

const resourceColumns = ["id", "document", "version", "createdAt", "modifiedAt"] as const;

const personColumns = [
  "id",
  "connectionId",
  "name",
  "email",
  "userName",
  "active",
  "deletedAt",
] as const;

type Row = ReturnType<typeof said> & {
  readonly orgId: string;
  readonly id: string;
  readonly now: Date;
};

const said = ({ id: _id, connectionId: _connectionId, ...user }: DirectoryUserWrite) => ({
  ...user,
  document: JSON.stringify(user.document),
  facets: [...user.facets],
  folded: JSON.stringify(user.folded),
});

const saidAt = (at: Row): ReturnType<typeof said> => ({
  userName: at.userName,
  userNameKey: at.userNameKey,
  externalId: at.externalId,
  displayName: at.displayName,
  displayNameSort: at.displayNameSort,
  name: at.name,
  email: at.email,
  active: at.active,
  employeeKey: at.employeeKey,
  document: at.document,
  facets: at.facets,
  folded: at.folded,
});

const inserting = prepare<Row & { connectionId: string }>((at) =>
  query.insertInto("directoryUsers").values({
    orgId: at.orgId,
    id: at.id,
    connectionId: at.connectionId,
    createdAt: at.now,
    modifiedAt: at.now,
    ...saidAt(at),
  }),
);

export const insertUser = (tx: Transaction, user: DirectoryUserWrite): void => {
  const { id, connectionId } = user;
  tx.defer(inserting({ orgId: tx.orgId, id, connectionId, now: tx.now, ...said(user) }));
};

const updating = prepare<Row>((at) =>
  query
    .updateTable("directoryUsers")
    .set((eb) => ({
      ...saidAt(at),
      modifiedAt: at.now,
      deletedAt: null,
      version: eb("version", "+", 1),
    }))
    .where("orgId", "=", at.orgId)
    .where("id", "=", at.id),
);

/** Writes what a user is now; a user that was deleted is live again. */
export const updateUser = (tx: Transaction, user: DirectoryUserWrite): void => {
  tx.defer(updating({ orgId: tx.orgId, id: user.id, now: tx.now, ...said(user) }));
};

/** The row stays for custody and history; the directory no longer shows it. */
export const tombstoneUser = (tx: Transaction, id: string): void => {
  tx.defer(
    query
      .updateTable("directoryUsers")
      .set({ deletedAt: tx.now, active: false })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

const finding = prepare((at: Key) => liveOf(at).select(resourceColumns).where("id", "=", at.id));

export const findUser = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(finding({ orgId: tx.orgId, connectionId, id }));

const locking = prepare((at: Key) =>
  liveOf(at)
    .select([...resourceColumns, "name", "email", "userName", "active"])
    .where("id", "=", at.id)
    .forNoKeyUpdate(),
);

/** The user, held until the transaction ends: whoever else changes or decides about them waits. */
export const lockUser = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(locking({ orgId: tx.orgId, connectionId, id }));

const lockingTombstone = prepare((at: Omit<Key, "id"> & { readonly externalId: string }) =>
  query
    .selectFrom("directoryUsers")
    .select(["id"])
    .where("orgId", "=", at.orgId)
    .where("connectionId", "=", at.connectionId)
    .where("externalId", "=", at.externalId)
    .where("deletedAt", "is not", null)
    .orderBy("deletedAt", "desc")
    .limit(1)
    .forNoKeyUpdate(),
);

/** A user deleted before, so that a person who comes back under the same externalId is the same person. */
export const lockTombstone = (tx: Transaction, connectionId: string, externalId: string) =>
  tx.first(lockingTombstone({ orgId: tx.orgId, connectionId, externalId }));

/** The statement that holds several people, deleted ones too, in the order of their ids: two transactions cannot deadlock. */
export const lockingPeople = prepare((at: InOrganisation & { readonly ids: string[] }) =>
  query
    .selectFrom("directoryUsers")
    .select(personColumns)
    .where("orgId", "=", at.orgId)
    .where((eb) => eb("id", "=", eb.fn.any(eb.val(at.ids))))
    .orderBy("id")
    .forNoKeyUpdate(),
);

/** Holds several people until the transaction ends, and gives them. */
export const lockPeople = (tx: Transaction, ids: readonly string[]) =>
  tx.run(lockingPeople({ orgId: tx.orgId, ids: [...ids] }));

/** The connections that some people came by. */
export const connectionsOf = async (tx: Transaction, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.run(
    query
      .selectFrom("directoryUsers")
      .select("connectionId")
      .distinct()
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("id", "=", eb.fn.any(eb.val([...ids])))),
  );
  return rows.map(({ connectionId }) => connectionId);
};

/**
 * SQL: [user id, part of the folded document] of people: only the attributes under the keys in `keys` (a `text[]`). None
 * are read when there are no keys.
 */
export const foldedParts = (
  tx: InOrganisation,
  userIds: readonly string[],
  keys: Expression<unknown>,
) => sql`(select coalesce(jsonb_agg(jsonb_build_array(u.id,
      (select coalesce(jsonb_object_agg(k, u.folded -> k), '{}') from unnest(wanted.keys) k where u.folded ? k))), '[]')
    from (select ${keys} as keys) wanted
    join directory_users u on cardinality(wanted.keys) > 0 and u.org_id = ${tx.orgId}
      and u.id ${isOneOf(userIds)})`;

export const findPerson = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("directoryUsers")
      .select([...personColumns, "externalId", "document", "folded"])
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );

/** Everybody a connection ever sent, in the order of their ids, after `position`: a resumable walk. */
export const listPeopleAfter = (
  tx: Transaction,
  connectionId: string,
  { position, limit }: { position: string | null; limit: number },
): Promise<Person[]> => {
  let select = query
    .selectFrom("directoryUsers")
    .select(personColumns)
    .where("orgId", "=", tx.orgId)
    .where("connectionId", "=", connectionId)
    .orderBy("id")
    .limit(limit);
  if (position !== null) select = select.where("id", ">", position);
  return tx.run(select);
};

/** The people of a connection with what was sent, in the order of their ids, after `position`: held, to be read anew. */
export const lockDocumentsAfter = (
  tx: Transaction,
  connectionId: string,
  { position, limit }: { position: string | null; limit: number },
) => {
  let select = live(tx, connectionId)
    .select(["id", "name", "document"])
    .orderBy("id")
    .limit(limit)
    .forNoKeyUpdate();
  if (position !== null) select = select.where("id", ">", position);
  return tx.run(select);
};

type ReadAnew = Pick<DirectoryUserWrite, "id" | "document" | "facets" | "folded"> & {
  /** Whether the document says something else than before. */
  readonly isChanged: boolean;
};

/** Writes how people are found, and for those whose document is another, a new version of it. */
export const writeDocuments = (tx: Transaction, people: readonly ReadAnew[]): void => {
  if (people.length === 0) return;
  const rows = people.map(({ id, document, facets, folded, isChanged }) => ({
    id,
    document,
    facets,
    folded,
    is_changed: isChanged,
  }));
  tx.defer(
    statement(sql`
      update directory_users u
      set document = read.document, facets = read.facets, folded = read.folded,
        version = u.version + read.is_changed::int,
        modified_at = case when read.is_changed then ${tx.now}::timestamptz else u.modified_at end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as read (id uuid, document jsonb, facets bigint[], folded jsonb, is_changed boolean)
      where u.org_id = ${tx.orgId}::uuid and u.id = read.id`),
  );
};

const selecting = (tx: InOrganisation, connectionId: string, selection: Selection, slice: Slice) =>
  matching(tx, connectionId, selection)
    .select(resourceColumns)
    .select(positionIn(slice).as("position"))
    .$call(sliced(slice));

/** The statement that gives part of the users that meet a condition, each with where it stands in the order. */
export const selectUsers = rememberingLookups(selecting);

const selectingWithGroups = (
  tx: InOrganisation,
  connectionId: string,
  selection: Selection,
  slice: Slice,
) => {
  const { key, direction } = slice.order;
  const part = selecting(tx, connectionId, selection, slice).select(
    sql`${key?.value ?? sql`id`}`.as("place"),
  );
  return query
    .selectFrom(part.as("directoryUsers"))
    .select([...resourceColumns, "position"])
    .select(groupsOf(tx, sql`directory_users.id`).as("groups"))
    .orderBy("place", direction)
    .orderBy("id", direction);
};

/**
 * The same with the groups that each user is in. They are looked for behind the part that is cut out: PostgreSQL works
 * out what a row shows also for the rows that an offset leaves out.
 */
export const selectUsersWithGroups = rememberingLookups(selectingWithGroups);

/**
 * Where few match they are found first and put in order then. Left to itself, PostgreSQL would rather walk all in their
 * order until it has met enough, wherever it does not know yet how few they are.
 */
const matching = (tx: InOrganisation, connectionId: string, { where, isNarrow }: Selection) => {
  const found = live(tx, connectionId).where(where);
  if (!isNarrow) return found;
  const fenced = query.selectFrom(found.selectAll().offset(sql.lit(0)).as("directoryUsers"));
  return fenced as unknown as typeof found;
};

export const countUsers = async (
  tx: Transaction,
  connectionId: string,
  condition?: Expression<SqlBool>,
): Promise<number> => {
  let select = live(tx, connectionId).select((eb) => eb.fn.countAll<string>().as("total"));
  if (condition !== undefined) select = select.where(condition);
  return Number((await tx.first(select))?.total ?? 0);
};

/** What a connection's page shows of its people. */
export const summarizeUsers = async (tx: Transaction, connectionId: string) => {
  const summary: Query<{ users: string; activeUsers: string }> = live(tx, connectionId).select(
    (eb) => [
      eb.fn.countAll<string>().as("users"),
      eb.fn.countAll<string>().filterWhere("active", "=", true).as("activeUsers"),
    ],
  );
  const counts = await tx.first(summary);
  return { users: Number(counts?.users ?? 0), activeUsers: Number(counts?.activeUsers ?? 0) };
};

/** The documents of the people who came last, to see which attributes arrive. */
export const sampleDocuments = async (
  tx: Transaction,
  connectionId: string,
  limit: number,
): Promise<object[]> => {
  const rows = await tx.run(
    live(tx, connectionId).select("document").orderBy("id", "desc").limit(limit),
  );
  return rows.map(({ document }) => document as object);
};

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;
export type LockedUser = NonNullable<Awaited<ReturnType<typeof lockUser>>>;
/** `folded` is known of somebody who was only just sent. */
export type Person = Awaited<ReturnType<typeof lockPeople>>[number] & { readonly folded?: object };
