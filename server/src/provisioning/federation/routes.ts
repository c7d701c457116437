import { administratorCause, sessionOf } from "#access";
import { requireMayFeed } from "#accounts";
import type { HttpServer } from "#http";
import type { Organisations, Transaction } from "#tenancy";
import { Type } from "typebox";
import { revoke } from "../connections/connect.ts";
import { requireConnection } from "../connections/require-connection.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById } from "../schemas.ts";
import { defineFederated, keyIdsOf } from "./define.ts";
import type { KeysRule } from "./keys-rule.ts";
import { FederatedById, FederatedCredentials, NewFederatedCredential } from "./schemas.ts";
import { listFederated } from "./store.ts";

type Needs = { readonly organisations: Organisations; readonly mayFetchKeys: KeysRule };

const tags = ["Connections"];
const path = "/connections/:id/federated-credentials";
const edit = { permission: provisioningPermissions.credentials };

/** Routes of the identities that a connection lets in without a secret (workload identity federation). */
export const registerFederationRoutes = (
  app: HttpServer,
  { organisations, mayFetchKeys }: Needs,
): void => {
  app.get(
    path,
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "listFederatedCredentials",
        tags,
        params: ById,
        response: { 200: FederatedCredentials },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, (tx) => present(tx, request.params.id)),
  );

  app.post(
    path,
    {
      config: edit,
      schema: {
        operationId: "createFederatedCredential",
        tags,
        params: ById,
        body: NewFederatedCredential,
        response: { 201: FederatedCredentials },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const { keysUrl = null, keys = null, ...wanted } = request.body;
      const answer = await organisations.within(session.orgId, async (tx) => {
        await requireMayFeed(tx, session, connectionId);
        const identity = {
          ...wanted,
          keysUrl,
          // Each of them is read and refused there, if it is no key.
          keys,
          connectionId,
          cause: administratorCause(session, `${session.accountName} made a federated credential`),
        };
        await defineFederated(tx, identity, mayFetchKeys);
        await tx.flush();
        return present(tx, connectionId);
      });
      return reply.status(201).send(answer);
    },
  );

  app.delete(
    `${path}/:federatedId`,
    {
      config: edit,
      schema: {
        operationId: "revokeFederatedCredential",
        tags,
        params: FederatedById,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { id, federatedId } = request.params;
      await organisations.within(session.orgId, (tx) =>
        revoke(tx, id, {
          kind: "federated",
          id: federatedId,
          cause: administratorCause(
            session,
            `${session.accountName} revoked a federated credential`,
          ),
        }),
      );
      return reply.status(204).send(null);
    },
  );
};

const present = async (tx: Transaction, connectionId: string) => {
  await requireConnection(tx, connectionId);
  const rows = await listFederated(tx, connectionId);
  return {
    items: rows.map(({ keys, expiresAt: _never, ...row }) => ({
      ...row,
      keyIds: keys === null ? [] : keyIdsOf(keys),
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      state: row.revokedAt === null ? ("live" as const) : ("revoked" as const),
    })),
  };
};
