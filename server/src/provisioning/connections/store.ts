import { prepare, query, statement } from "#database";
import { newId, type OrgId, type Transaction } from "#tenancy";
import { sql, type RawBuilder } from "kysely";
import { isAccessToken } from "./tokens.ts";

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

/** By its name, in any letter case: as the index compares names. */
export const findConnectionNamed = (
  tx: Transaction,
  tenantId: string,
  name: string,
): Promise<Connection | undefined> =>
  tx.first(
    query
      .selectFrom("connections")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("tenantId", "=", tenantId)
      .where((eb) => eb(eb.fn("lower", ["name"]), "=", eb.fn("lower", [eb.val(name)]))),
  );

/** Connections of each tenant, and how many of them were refused when they called last. */
export const countConnectionsByTenant = async (tx: Transaction) => {
  const rows = await tx.run(
    statement<{ tenantId: string; connections: string; failing: string }>(sql`
      select c.tenant_id, count(*) as connections,
        count(*) filter (where a.last_refused_at > coalesce(a.last_request_at, '-infinity')) as failing
      from connections c
      left join connection_activity a on a.org_id = c.org_id and a.connection_id = c.id
      where c.org_id = ${tx.orgId}
      group by c.tenant_id`),
  );
  return rows.map(({ tenantId, connections, failing }) => ({
    tenantId,
    connections: Number(connections),
    failing: Number(failing),
  }));
};

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

/** What a connection is opened with: a token of its own, or what access tokens are given for: a secret, or an identity. */
export type CredentialKind = "token" | "secret" | "federated";
export type SecretKind = Exclude<CredentialKind, "federated">;

const credentialColumns = [
  "id",
  "label",
  "prefix",
  "createdAt",
  "createdBy",
  "expiresAt",
  "lastUsedAt",
  "revokedAt",
] as const;

/** Tokens, or secrets. */
export const listCredentials = (tx: Transaction, connectionId: string, kind: SecretKind) =>
  tx.run(
    query
      .selectFrom("connectionTokens")
      .select(credentialColumns)
      .$narrowType<{ prefix: string }>()
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("kind", "=", kind)
      .orderBy("createdAt", "desc"),
  );

/** The ends of all that opens a connection. */
export const listLifetimes = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("connectionTokens")
      .select(["expiresAt", "revokedAt"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );

type NewCredential = {
  readonly connectionId: string;
  readonly kind: SecretKind;
  readonly hash: Buffer;
  readonly prefix: string;
  readonly label: string;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
};

export const insertCredential = async (tx: Transaction, credential: NewCredential) => {
  const [row] = await tx.run(
    query
      .insertInto("connectionTokens")
      .values({ orgId: tx.orgId, id: newId(), createdAt: tx.now, ...credential })
      .returning(credentialColumns)
      .$narrowType<{ prefix: string }>(),
  );
  return row!;
};

/** How many of a kind are live; holds the connection, so that two requests cannot both make the second one. */
export const countLiveCredentials = async (
  tx: Transaction,
  connectionId: string,
  kind: CredentialKind,
): Promise<number> => {
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
      .where("kind", "=", kind)
      .where("revokedAt", "is", null)
      .where((eb) => eb.or([eb("expiresAt", "is", null), eb("expiresAt", ">", tx.now)])),
  );
  return Number(row?.live ?? 0);
};

type Credential = {
  readonly connectionId: string;
  readonly kind: CredentialKind;
  readonly id: string;
};

/** Gives what was revoked, if it was not revoked before. */
export const revokeCredential = (tx: Transaction, { connectionId, kind, id }: Credential) =>
  tx.first(
    query
      .updateTable("connectionTokens")
      .set({ revokedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("kind", "=", kind)
      .where("id", "=", id)
      .where("revokedAt", "is", null)
      .returning(["id", "label"]),
  );

/** The secret with this hash, live or not. */
export const findSecret = (tx: Transaction, connectionId: string, hash: Buffer) =>
  tx.first(
    query
      .selectFrom("connectionTokens")
      .select(["id", "expiresAt", "revokedAt"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("kind", "=", "secret")
      .where("hash", "=", hash),
  );

/** One of a connection's credentials, live or not. */
export const findCredential = (tx: Transaction, connectionId: string, id: string) =>
  tx.first(
    query
      .selectFrom("connectionTokens")
      .select(["expiresAt", "revokedAt"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("id", "=", id),
  );

type NewAccessToken = {
  readonly connectionId: string;
  /** What it was given for: a secret, or an identity. */
  readonly secretId: string;
  readonly hash: Buffer;
  readonly expiresAt: Date;
};

export const insertAccessToken = (tx: Transaction, token: NewAccessToken): void => {
  tx.defer(
    query
      .insertInto("accessTokens")
      .values({ orgId: tx.orgId, id: newId(), createdAt: tx.now, ...token }),
  );
};

/** Forgets the access tokens that ended before a time. */
export const pruneAccessTokens = (tx: Transaction, connectionId: string, before: Date): void => {
  tx.defer(
    query
      .deleteFrom("accessTokens")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("expiresAt", "<", before),
  );
};

/** What a request is opened with, as the database knows it. */
export type Credentials = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly dialectVersion: number;
  readonly perSecond: number | null;
  readonly burst: number | null;
  /** Null where the connection has no such credential. */
  readonly tokenId: string | null;
  readonly state: "live" | "revoked" | "expired" | "ended" | null;
};

type Claim = { readonly orgId: string; readonly connectionId: string; readonly hash: Buffer };

const credentialsAt = (at: Claim, credential: (hash: Buffer) => RawBuilder<unknown>) =>
  statement<Credentials>(sql`
    select c.id, c.tenant_id, c.name, c.dialect_version, c.requests_per_second as per_second, c.request_burst as burst,
      t.id as token_id, t.state
    from connections c
    left join lateral (${credential(at.hash)}) t on true
    where c.org_id = ${at.orgId} and c.id = ${at.connectionId}`);

const byAccessToken = prepare((at: Claim) =>
  credentialsAt(
    at,
    (hash) => sql`
      select s.id, case when s.revoked_at is not null then 'revoked' when a.expires_at <= now() then 'ended' else 'live' end as state
      from access_tokens a join connection_tokens s on s.org_id = a.org_id and s.id = a.secret_id
      where a.org_id = c.org_id and a.connection_id = c.id and a.hash = ${hash}`,
  ),
);

const byToken = prepare((at: Claim) =>
  credentialsAt(
    at,
    (hash) => sql`
      select id, case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'live' end as state
      from connection_tokens
      where org_id = c.org_id and connection_id = c.id and kind = 'token' and hash = ${hash}`,
  ),
);

/**
 * The statement that finds the connection, and the credential that this bearer token stands for: a token of the
 * connection, or the secret of an access token.
 */
export const credentialsOf = (
  { orgId }: Transaction,
  { connectionId, token, hash }: { connectionId: string; token: string; hash: Buffer },
) => (isAccessToken(token) ? byAccessToken : byToken)({ orgId, connectionId, hash });

export type Activity = {
  readonly connectionId: string;
  readonly requestAt?: Date;
  readonly testConnectionAt?: Date;
  readonly refusedAt?: Date;
  readonly refusedReason?: string;
  /** The address it came from. */
  readonly refusedFrom?: string;
  readonly changeAt?: Date;
  readonly change?: string;
  readonly throttledAt?: Date;
};

/** Notes what has arrived; what is not given stays as it was. */
export const noteActivity = (tx: Transaction, activity: Activity): void => {
  const seen = {
    lastRequestAt: activity.requestAt ?? null,
    testConnectionAt: activity.testConnectionAt ?? null,
    lastRefusedAt: activity.refusedAt ?? null,
    lastRefusedReason: activity.refusedReason ?? null,
    lastRefusedFrom: activity.refusedFrom ?? null,
    lastChangeAt: activity.changeAt ?? null,
    lastChange: activity.change ?? null,
    lastThrottledAt: activity.throttledAt ?? null,
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
          lastRefusedFrom: eb.fn.coalesce(
            "excluded.lastRefusedFrom",
            "connectionActivity.lastRefusedFrom",
          ),
          lastChangeAt: eb.fn.coalesce("excluded.lastChangeAt", "connectionActivity.lastChangeAt"),
          lastChange: eb.fn.coalesce("excluded.lastChange", "connectionActivity.lastChange"),
          lastThrottledAt: eb.fn.coalesce(
            "excluded.lastThrottledAt",
            "connectionActivity.lastThrottledAt",
          ),
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

export const noteCredentialsUsed = (tx: Transaction, ids: readonly string[]): void => {
  tx.defer(
    query
      .updateTable("connectionTokens")
      .set({ lastUsedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("id", "=", eb.fn.any(eb.val([...ids])))),
  );
};

export type CredentialRow = Awaited<ReturnType<typeof listCredentials>>[number];
