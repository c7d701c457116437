import type { Static } from "typebox";
import { administratorCause, requireMayGrant, sessionOf } from "#access";
import { changeDefaultRole, findDefaultRole } from "#accounts";
import { countGroups, summarizeUsers } from "#directory";
import type { HttpServer } from "#http";
import type { Jobs } from "#jobs";
import { findTenant, type Organisations, type Transaction } from "#tenancy";
import type { CensusTaker } from "../doctor/census.ts";
import { provisioningPermissions } from "../permissions.ts";
import {
  Arrivals,
  ById,
  Connection as ConnectionSchema,
  ConnectionChange,
  Connections,
  CreatedConnection,
  NewConnection,
} from "../schemas.ts";
import { readArrivals } from "./arrivals.ts";
import { stateOfCredential } from "./credential-state.ts";
import { connect, rename } from "./connect.ts";
import { requireConnection } from "./require-connection.ts";
import {
  findActivity,
  findConnection,
  listConnections,
  listCredentials,
  type Connection,
} from "./store.ts";

type Needs = {
  readonly organisations: Organisations;
  readonly jobs: Jobs;
  readonly census: CensusTaker;
  /** Public base URL of the server. */
  readonly url: string;
};

const tags = ["Connections"];

export const registerConnectionRoutes = (
  app: HttpServer,
  { organisations, jobs, census, url }: Needs,
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
          if (name !== undefined) {
            const cause = administratorCause(
              session,
              `${session.accountName} renamed a connection`,
            );
            await rename(tx, connection, { to: name, cause });
          }
          if (defaultRoleId !== undefined) {
            const current = await findDefaultRole(tx, connectionId);
            await requireMayGrant(tx, session, [
              ...(current?.roleId == null ? [] : [current.roleId]),
              ...(defaultRoleId === null ? [] : [defaultRoleId]),
            ]);
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
    "/connections/:id/arrivals",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "getArrivals", tags, params: ById, response: { 200: Arrivals } },
    },
    async (request) => {
      const { orgId } = sessionOf(request);
      const { id } = request.params;
      const { arrivals, isCensusDue } = await organisations.within(orgId, async (tx) => {
        await requireConnection(tx, id);
        return readArrivals(tx, id);
      });
      // Whoever counted last may have ended before the change was counted.
      if (isCensusDue) census.due(orgId, id);
      return arrivals;
    },
  );
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
  const tokens = await listCredentials(tx, id, "token");
  const activity = await findActivity(tx, id);
  return {
    id,
    name,
    tenant: { id: connection.tenantId, name: tenant?.name ?? "" },
    endpoint: endpointOf(url, id),
    defaultRole:
      defaultRole?.roleId == null
        ? null
        : { id: defaultRole.roleId, name: defaultRole.roleName ?? "" },
    createdAt: connection.createdAt.toISOString(),
    liveTokens: tokens.filter((token) => stateOfCredential(token, tx.now) === "live").length,
    lastRequestAt: activity?.lastRequestAt?.toISOString() ?? null,
    users: (await summarizeUsers(tx, id)).users,
    groups: await countGroups(tx, id),
  };
};
