import { foldForSearch, query, searchPatterns, statement, type DB } from "#database";
import type { Person } from "#directory";
import type { Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";

/** Writes who waits, at the end of the transaction; who waited already keeps the time since when. */
export const saveWaiting = (
  tx: Transaction,
  { connectionId, tenantId }: { connectionId: string; tenantId: string },
  people: readonly Person[],
): void => {
  if (people.length === 0) return;
  const rows = people.map(({ id, name, email, userName, active }) => ({
    user_id: id,
    name,
    sort_name: foldForSearch(name),
    email,
    search: foldForSearch([name, email ?? "", userName].join(" ")),
    active,
  }));
  tx.defer(
    statement(sql`
      insert into lobby (org_id, connection_id, tenant_id, since, user_id, name, sort_name, email, search, active)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, ${tenantId}::uuid, ${tx.now}::timestamptz, person.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as person (user_id uuid, name text, sort_name text,
        email text, search text, active boolean)
      on conflict (org_id, user_id) do update set name = excluded.name, sort_name = excluded.sort_name,
        email = excluded.email, search = excluded.search, active = excluded.active`),
  );
};

export const deleteWaiting = (tx: Transaction, userIds: readonly string[]): void => {
  if (userIds.length === 0) return;
  tx.defer(
    query
      .deleteFrom("lobby")
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds])))),
  );
};

export type LobbyFilter = { readonly search?: string; readonly connectionId?: string };

/** Who waits, by name, from the one after `after` (folded name and id) on. */
export const listLobby = (
  tx: Transaction,
  filter: LobbyFilter,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
) => {
  let select = query
    .selectFrom("lobby")
    .select(["userId", "connectionId", "tenantId", "name", "sortName", "email", "active", "since"])
    .where((eb) => matches(tx, filter, eb))
    .orderBy("sortName")
    .orderBy("userId")
    .limit(limit);
  if (after !== undefined) {
    const [name, id] = after;
    select = select.where(sql<SqlBool>`(sort_name, user_id) > (${name}::text, ${id}::uuid)`);
  }
  return tx.run(select);
};

export const countLobby = async (tx: Transaction, filter: LobbyFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("lobby")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

export const findWaiting = (tx: Transaction, userId: string) =>
  tx.first(
    query
      .selectFrom("lobby")
      .select(["userId", "connectionId", "tenantId", "name"])
      .where("orgId", "=", tx.orgId)
      .where("userId", "=", userId),
  );

const matches = (
  tx: Transaction,
  { search = "", connectionId }: LobbyFilter,
  eb: ExpressionBuilder<DB, "lobby">,
): Expression<SqlBool> =>
  eb.and([
    eb("orgId", "=", tx.orgId),
    ...(connectionId === undefined ? [] : [eb("connectionId", "=", connectionId)]),
    ...searchPatterns(search).map((pattern) => eb("search", "like", pattern)),
  ]);
