import type { Static } from "typebox";
import { administratorCause, requireMayGrant, sessionOf } from "#access";
import { listGroupsOf } from "#directory";
import { readPageQuery, toPage, type HttpServer } from "#http";
import type { Organisations, Transaction } from "#tenancy";
import { accountPermissions } from "./permissions.ts";
import { placePerson } from "./place-person.ts";
import type { AccountSurroundings } from "./present.ts";
import { ById, LobbyPage, LobbyQuery, Placed, Placement } from "./schemas.ts";
import { countLobby, listLobby } from "./store/lobby.ts";

type Needs = {
  readonly organisations: Organisations;
  readonly surroundings: Pick<AccountSurroundings, "findConnection">;
};

const tags = ["Lobby"];

export const registerLobbyRoutes = (
  app: HttpServer,
  { organisations, surroundings }: Needs,
): void => {
  app.get(
    "/lobby",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "listLobby",
        tags,
        querystring: LobbyQuery,
        response: { 200: LobbyPage },
      },
    },
    (request) => {
      const { cursor, limit } = readPageQuery(request.query);
      const { search, connectionId } = request.query;
      const filter = {
        ...(search !== undefined && { search }),
        ...(connectionId !== undefined && { connectionId }),
      };
      return organisations.within(sessionOf(request).orgId, async (tx) => {
        const rows = await listLobby(tx, filter, { after: cursor, limit: limit + 1 });
        const present = await presenter(tx, surroundings, rows);
        return toPage({
          rows,
          limit,
          total: await countLobby(tx, filter),
          keyOf: (row) => [row.sortName, row.userId],
          present,
        });
      });
    },
  );

  app.post(
    "/lobby/:id/placement",
    {
      config: { permission: accountPermissions.lock },
      schema: {
        operationId: "placePerson",
        tags,
        params: ById,
        body: Placement,
        response: { 201: Placed },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { roleId } = request.body;
      const cause = administratorCause(
        session,
        `${session.accountName} put a person into a tenant by hand`,
      );
      const placed = await organisations.within(session.orgId, async (tx) => {
        await requireMayGrant(tx, session, [roleId]);
        return placePerson(tx, { ...request.body, userId: request.params.id, cause });
      });
      return reply.status(201).send(placed);
    },
  );
};

type Waiting = Awaited<ReturnType<typeof listLobby>>[number];

const presenter = async (
  tx: Transaction,
  surroundings: Needs["surroundings"],
  rows: readonly Waiting[],
) => {
  const groups = await listGroupsOf(
    tx,
    rows.map(({ userId }) => userId),
  );
  const connections = new Map<string, string>();
  for (const id of new Set(rows.map(({ connectionId }) => connectionId)))
    connections.set(id, (await surroundings.findConnection(tx, id))?.name ?? "");
  return (row: Waiting): Static<typeof LobbyPage>["items"][number] => {
    const own = groups
      .filter(({ userId }) => userId === row.userId)
      .map(({ id, name }) => ({ id, name }));
    return {
      id: row.userId,
      name: row.name,
      email: row.email,
      active: row.active,
      connection: { id: row.connectionId, name: connections.get(row.connectionId) ?? "" },
      groups: own.slice(0, 3),
      groupCount: own.length,
      reason:
        own.length === 0
          ? "In no group, and no rule takes them."
          : `In ${own.length} ${own.length === 1 ? "group" : "groups"}, and no rule takes them.`,
      since: row.since.toISOString(),
    };
  };
};
