import { query } from "#database";
import { newId, type OrgId, type Transaction } from "#tenancy";
import { sql } from "kysely";

export type Connection = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly createdAt: Date;
};

const columns = ["id", "tenantId", "name", "createdAt"] as const;

export const insertConnection = async (
  tx: Transaction,
  { tenantId, name }: { tenantId: string; name: string },
): Promise<Connection> => {
  const connection = { id: newId(), tenantId, name, createdAt: tx.now };
  await tx.run(query.insertInto("connections").values({ orgId: tx.orgId, ...connection }));
  tx.defer(
    query.insertInto("connectionRoutes").values({ orgId: tx.orgId, connectionId: connection.id }),
  );
  return connection;
};

export const listConnections = (tx: Transaction): Promise<Connection[]> =>
  tx.run(
    query
      .selectFrom("connections")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .orderBy("createdAt"),
  );

export const findConnection = (tx: Transaction, id: string): Promise<Connection | undefined> =>
  tx.first(
    query
      .selectFrom("connections")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );

export const renameConnection = (tx: Transaction, id: string, name: string): void => {
  tx.defer(
    query
      .updateTable("connections")
      .set({ name })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** The statement that finds the organisation of an endpoint, outside of any: the one table that has no fence. */
export const organisationOfConnection = (connectionId: string) =>
  query
    .selectFrom("connectionRoutes")
    .select("orgId")
    .where("connectionId", "=", connectionId)
    .$castTo<{ orgId: OrgId }>();

const tokenColumns = [
  "id",
  "label",
  "prefix",
  "createdAt",
  "createdBy",
  "expiresAt",
  "lastUsedAt",
  "revokedAt",
] as const;

export const listTokens = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("connectionTokens")
      .select(tokenColumns)
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("createdAt", "desc"),
  );

type NewToken = {
  readonly connectionId: string;
  readonly hash: Buffer;
  readonly prefix: string;
  readonly label: string;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
};

export const insertToken = async (tx: Transaction, token: NewToken) => {
  const [row] = await tx.run(
    query
      .insertInto("connectionTokens")
      .values({ orgId: tx.orgId, id: newId(), createdAt: tx.now, ...token })
      .returning(tokenColumns),
  );
  return row!;
};

/** How many tokens are live; holds the connection, so that two requests cannot both make the second one. */
export const countLiveTokens = async (tx: Transaction, connectionId: string): Promise<number> => {
  await tx.run(
    query
      .selectFrom("connections")
      .select("id")
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId)
      .forUpdate(),
  );
  const row = await tx.first(
    query
      .selectFrom("connectionTokens")
      .select((eb) => eb.fn.countAll<string>().as("live"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("revokedAt", "is", null)
      .where((eb) => eb.or([eb("expiresAt", "is", null), eb("expiresAt", ">", tx.now)])),
  );
  return Number(row?.live ?? 0);
};

/** Gives the token that was revoked, if it was not revoked before. */
export const revokeToken = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(
    query
      .updateTable("connectionTokens")
      .set({ revokedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("id", "=", id)
      .where("revokedAt", "is", null)
      .returning(["id", "label"]),
  );

/** The opening query of a SCIM request: the connection, and the live token with this hash (its id is null without one). */
export const authenticationQuery = (connectionId: string, hash: Buffer): string =>
  `select c.id, c.tenant_id as "tenantId", c.name, t.id as "tokenId", t.state
   from connections c
   left join lateral (
     select id, case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'live' end as state
     from connection_tokens
     where org_id = c.org_id and connection_id = c.id and hash = '\\x${hash.toString("hex")}'::bytea
   ) t on true
   where c.org_id = current_setting('app.org')::uuid and c.id = '${connectionId}'`;

export type Activity = {
  readonly connectionId: string;
  readonly requestAt?: Date;
  readonly testConnectionAt?: Date;
  readonly refusedAt?: Date;
  readonly refusedReason?: string;
  readonly changeAt?: Date;
  readonly change?: string;
};

/** Notes what has arrived; what is not given stays as it was. */
export const noteActivity = (tx: Transaction, activity: Activity): void => {
  const seen = {
    lastRequestAt: activity.requestAt ?? null,
    testConnectionAt: activity.testConnectionAt ?? null,
    lastRefusedAt: activity.refusedAt ?? null,
    lastRefusedReason: activity.refusedReason ?? null,
    lastChangeAt: activity.changeAt ?? null,
    lastChange: activity.change ?? null,
  };
  tx.defer(
    query
      .insertInto("connectionActivity")
      .values({
        orgId: tx.orgId,
        connectionId: activity.connectionId,
        firstRequestAt: activity.requestAt ?? null,
        ...seen,
      })
      .onConflict((conflict) =>
        conflict.columns(["orgId", "connectionId"]).doUpdateSet((eb) => ({
          firstRequestAt: sql`coalesce(connection_activity.first_request_at, excluded.first_request_at)`,
          lastRequestAt: eb.fn.coalesce(
            "excluded.lastRequestAt",
            "connectionActivity.lastRequestAt",
          ),
          testConnectionAt: eb.fn.coalesce(
            "excluded.testConnectionAt",
            "connectionActivity.testConnectionAt",
          ),
          lastRefusedAt: eb.fn.coalesce(
            "excluded.lastRefusedAt",
            "connectionActivity.lastRefusedAt",
          ),
          lastRefusedReason: eb.fn.coalesce(
            "excluded.lastRefusedReason",
            "connectionActivity.lastRefusedReason",
          ),
          lastChangeAt: eb.fn.coalesce("excluded.lastChangeAt", "connectionActivity.lastChangeAt"),
          lastChange: eb.fn.coalesce("excluded.lastChange", "connectionActivity.lastChange"),
        })),
      ),
  );
};

export const findActivity = (tx: Transaction, connectionId: string) =>
  tx.first(
    query
      .selectFrom("connectionActivity")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );

export const noteTokensUsed = (tx: Transaction, ids: readonly string[]): void => {
  tx.defer(
    query
      .updateTable("connectionTokens")
      .set({ lastUsedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("id", "=", eb.fn.any(eb.val([...ids])))),
  );
};

export type TokenRow = Awaited<ReturnType<typeof listTokens>>[number];
