import { Type, type Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { changeDefaultRole, findDefaultRole } from "#accounts";
import { countGroups, summarizeUsers } from "#directory";
import { notFound, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import { findTenant, type Organisations, type Transaction } from "#tenancy";
import { provisioningPermissions } from "../permissions.ts";
import {
  Arrivals,
  ById,
  Connection as ConnectionSchema,
  ConnectionChange,
  Connections,
  CreatedConnection,
  CreatedToken,
  NewConnection,
  NewToken,
  TokenById,
  Tokens,
  type Token,
} from "../schemas.ts";
import { readArrivals } from "./arrivals.ts";
import { connect, issueToken, revoke } from "./connect.ts";
import {
  findActivity,
  findConnection,
  listConnections,
  listTokens,
  renameConnection,
  type Connection,
  type TokenRow,
} from "./store.ts";

type Needs = {
  readonly organisations: Organisations;
  readonly jobs: Jobs;
  /** Public base URL of the server. */
  readonly url: string;
};

const tags = ["Connections"];

export const registerConnectionRoutes = (
  app: HttpServer,
  { organisations, jobs, url }: Needs,
): void => {
  app.get(
    "/connections",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "listConnections", tags, response: { 200: Connections } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        const items: Static<typeof ConnectionSchema>[] = [];
        for (const connection of await listConnections(tx))
          items.push(await presentConnection(tx, url, connection));
        return { items };
      }),
  );

  app.post(
    "/connections",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "createConnection",
        tags,
        body: NewConnection,
        response: { 201: CreatedConnection },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { name, tenantId = session.tenantId } = request.body;
      const cause = administratorCause(session, `${session.accountName} made a connection`);
      const created = await organisations.within(session.orgId, async (tx) => {
        const { connection, token, tokenId } = await connect(tx, { name, tenantId, cause });
        await tx.flush();
        return { ...(await presentConnection(tx, url, connection)), token, tokenId };
      });
      return reply.status(201).send(created);
    },
  );

  app.get(
    "/connections/:id",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "getConnection",
        tags,
        params: ById,
        response: { 200: ConnectionSchema },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) =>
        presentConnection(tx, url, await requireConnection(tx, request.params.id)),
      ),
  );

  app.patch(
    "/connections/:id",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "updateConnection",
        tags,
        params: ById,
        body: ConnectionChange,
        response: { 200: ConnectionSchema },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const { name, defaultRoleId } = request.body;
      return organisations.within(
        session.orgId,
        async (tx) => {
          const connection = await requireConnection(tx, connectionId);
          if (name !== undefined) renameConnection(tx, connectionId, name);
          if (defaultRoleId !== undefined) {
            const cause = administratorCause(
              session,
              `${session.accountName} changed the default access role`,
            );
            await changeDefaultRole(tx, jobs, { connectionId, cause }, defaultRoleId);
          }
          await tx.flush();
          return presentConnection(tx, url, (await findConnection(tx, connectionId)) ?? connection);
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );

  app.get(
    "/connections/:id/tokens",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "listTokens", tags, params: ById, response: { 200: Tokens } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireConnection(tx, request.params.id);
        const tokens = await listTokens(tx, request.params.id);
        return { items: tokens.map((token) => presentToken(token, tx.now)) };
      }),
  );

  app.post(
    "/connections/:id/tokens",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "createToken",
        tags,
        params: ById,
        body: NewToken,
        response: { 201: CreatedToken },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { label, expiresAt } = request.body;
      const cause = administratorCause(session, `${session.accountName} made a token`);
      const created = await organisations.within(session.orgId, async (tx) => {
        const expiry = expiresAt ? new Date(expiresAt) : null;
        const { token, row } = await issueToken(tx, request.params.id, {
          label,
          expiresAt: expiry,
          cause,
        });
        return { token, item: presentToken(row, tx.now) };
      });
      return reply.status(201).send(created);
    },
  );

  app.delete(
    "/connections/:id/tokens/:tokenId",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "revokeToken",
        tags,
        params: TokenById,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const cause = administratorCause(session, `${session.accountName} revoked a token`);
      await organisations.within(session.orgId, (tx) =>
        revoke(tx, request.params.id, request.params.tokenId, cause),
      );
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/connections/:id/arrivals",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "getArrivals", tags, params: ById, response: { 200: Arrivals } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireConnection(tx, request.params.id);
        return readArrivals(tx, request.params.id);
      }),
  );
};

const requireConnection = async (tx: Transaction, id: string): Promise<Connection> => {
  const connection = await findConnection(tx, id);
  if (connection === undefined) throw notFound("Connection");
  return connection;
};

/** Where the identity provider sends its requests. */
export const endpointOf = (url: string, connectionId: string): string =>
  `${url}/scim/v2/${connectionId}`;

const presentConnection = async (
  tx: Transaction,
  url: string,
  connection: Connection,
): Promise<Static<typeof ConnectionSchema>> => {
  const { id, name } = connection;
  const tenant = await findTenant(tx, connection.tenantId);
  const defaultRole = await findDefaultRole(tx, id);
  const tokens = await listTokens(tx, id);
  const activity = await findActivity(tx, id);
  return {
    id,
    name,
    tenant: { id: connection.tenantId, name: tenant?.name ?? "" },
    endpoint: endpointOf(url, id),
    defaultRole: { id: defaultRole?.roleId ?? "", name: defaultRole?.roleName ?? "" },
    createdAt: connection.createdAt.toISOString(),
    liveTokens: tokens.filter((token) => stateOf(token, tx.now) === "live").length,
    lastRequestAt: activity?.lastRequestAt?.toISOString() ?? null,
    users: (await summarizeUsers(tx, id)).users,
    groups: await countGroups(tx, id),
  };
};

const presentToken = (token: TokenRow, now: Date): Static<typeof Token> => ({
  id: token.id,
  label: token.label,
  prefix: token.prefix,
  createdAt: token.createdAt.toISOString(),
  createdBy: token.createdBy,
  expiresAt: token.expiresAt?.toISOString() ?? null,
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  revokedAt: token.revokedAt?.toISOString() ?? null,
  state: stateOf(token, now),
});

const stateOf = (
  { revokedAt, expiresAt }: Pick<TokenRow, "revokedAt" | "expiresAt">,
  now: Date,
) => {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "live";
};
