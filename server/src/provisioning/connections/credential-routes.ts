import { Type, type Static } from "typebox";
import { administratorCause, sessionOf, type Session } from "#access";
import { requireMayFeed } from "#accounts";
import type { HttpServer } from "#http";
import type { Organisations, Transaction } from "#tenancy";
import { provisioningPermissions } from "../permissions.ts";
import {
  ById,
  ClientSecrets,
  CreatedClientSecret,
  CreatedToken,
  NewCredential,
  SecretById,
  TokenById,
  Tokens,
  type Credential,
} from "../schemas.ts";
import { issue, revoke } from "./connect.ts";
import { stateOfCredential } from "./credential-state.ts";
import { requireConnection } from "./require-connection.ts";
import { listCredentials, type SecretKind, type CredentialRow } from "./store.ts";

type Needs = {
  readonly organisations: Organisations;
  /** Public base URL of the server. */
  readonly url: string;
};

const tags = ["Connections"];
const view = { permission: provisioningPermissions.view };
const edit = { permission: provisioningPermissions.credentials };

/** Routes of a connection's tokens, and of its secrets as an OAuth 2.0 client. */
export const registerCredentialRoutes = (app: HttpServer, { organisations, url }: Needs): void => {
  const list = (session: Session, connectionId: string, kind: SecretKind) =>
    organisations.within(session.orgId, async (tx) => {
      await requireConnection(tx, connectionId);
      const rows = await listCredentials(tx, connectionId, kind);
      return rows.map((row) => presentCredential(row, tx));
    });

  const create = (
    session: Session,
    connectionId: string,
    { kind, label, expiresAt }: Static<typeof NewCredential> & { kind: SecretKind },
  ) =>
    organisations.within(session.orgId, async (tx) => {
      await requireMayFeed(tx, session, connectionId);
      const { token, row } = await issue(tx, connectionId, {
        kind,
        label,
        expiresAt: expiresAt ? new Date(expiresAt) : null,
        cause: administratorCause(session, `${session.accountName} made a ${nouns[kind]}`),
      });
      return { token, item: presentCredential(row, tx) };
    });

  const end = (
    session: Session,
    connectionId: string,
    { kind, id }: { kind: SecretKind; id: string },
  ) =>
    organisations.within(session.orgId, (tx) => {
      const cause = administratorCause(session, `${session.accountName} revoked a ${nouns[kind]}`);
      return revoke(tx, connectionId, { kind, id, cause });
    });

  app.get(
    "/connections/:id/tokens",
    {
      config: view,
      schema: { operationId: "listTokens", tags, params: ById, response: { 200: Tokens } },
    },
    async (request) => ({ items: await list(sessionOf(request), request.params.id, "token") }),
  );

  app.post(
    "/connections/:id/tokens",
    {
      config: edit,
      schema: {
        operationId: "createToken",
        tags,
        params: ById,
        body: NewCredential,
        response: { 201: CreatedToken },
      },
    },
    async (request, reply) => {
      const wanted = { ...request.body, kind: "token" } as const;
      return reply.status(201).send(await create(sessionOf(request), request.params.id, wanted));
    },
  );

  app.delete(
    "/connections/:id/tokens/:tokenId",
    {
      config: edit,
      schema: {
        operationId: "revokeToken",
        tags,
        params: TokenById,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, tokenId } = request.params;
      await end(sessionOf(request), id, { kind: "token", id: tokenId });
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/connections/:id/client-secrets",
    {
      config: view,
      schema: {
        operationId: "listClientSecrets",
        tags,
        params: ById,
        response: { 200: ClientSecrets },
      },
    },
    async (request) => ({
      ...clientOf(url, request.params.id),
      items: await list(sessionOf(request), request.params.id, "secret"),
    }),
  );

  app.post(
    "/connections/:id/client-secrets",
    {
      config: edit,
      schema: {
        operationId: "createClientSecret",
        tags,
        params: ById,
        body: NewCredential,
        response: { 201: CreatedClientSecret },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const wanted = { ...request.body, kind: "secret" } as const;
      const { token, item } = await create(sessionOf(request), id, wanted);
      return reply.status(201).send({ ...clientOf(url, id), secret: token, item });
    },
  );

  app.delete(
    "/connections/:id/client-secrets/:secretId",
    {
      config: edit,
      schema: {
        operationId: "revokeClientSecret",
        tags,
        params: SecretById,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, secretId } = request.params;
      await end(sessionOf(request), id, { kind: "secret", id: secretId });
      return reply.status(204).send(null);
    },
  );
};

const nouns: Record<SecretKind, string> = { token: "token", secret: "client secret" };

/** What an identity provider is told beside the secret: a connection's id is that of its client. */
const clientOf = (url: string, connectionId: string) => ({
  clientId: connectionId,
  tokenEndpoint: `${url}/oauth2/token`,
});

const presentCredential = (
  row: CredentialRow,
  { now }: Pick<Transaction, "now">,
): Static<typeof Credential> => ({
  id: row.id,
  label: row.label,
  prefix: row.prefix,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  state: stateOfCredential(row, now),
});
