import type { Database } from "#database";
import type { HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import { createLocator, type Locate } from "../connections/locate.ts";
import type { Recorder } from "../log/recorder.ts";
import { accessTokenLifetime, grantAccess } from "./grant-access.ts";
import { invalidClient, invalidRequest, OAuthError } from "./oauth-error.ts";
import { readTokenRequest } from "./read-token-request.ts";

type Needs = {
  readonly database: Database;
  readonly organisations: Organisations;
  readonly recorder: Recorder;
};

const bodyLimit = 16 * 1024;

/** POST /oauth2/token: access tokens for a connection's client credentials (RFC 6749 §4.4). */
export const registerTokenEndpoint = async (
  app: HttpServer,
  { database, ...needs }: Needs,
): Promise<void> => {
  const locate = createLocator(database);
  await app.register(async (oauth) => {
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit },
      (_request, body, done) => done(null, body),
    );
    oauth.setErrorHandler((error, request, reply) =>
      answerError(reply, toOAuthError(error, request)),
    );
    oauth.addHook("onRequest", async (_request, reply) => {
      void reply.header("cache-control", "no-store").header("pragma", "no-cache");
    });
    oauth.post("/oauth2/token", (request) => giveToken({ locate, ...needs }, request));
    oauth.route({
      method: ["GET", "PUT", "PATCH", "DELETE"],
      url: "/oauth2/token",
      handler: async (_request, reply) => {
        void reply.header("allow", "POST");
        throw new OAuthError(405, "invalid_request", "Ask for a token by POST.");
      },
    });
  });
};

const giveToken = async (
  { locate, organisations, recorder }: Omit<Needs, "database"> & { locate: Locate },
  { body, headers, ip }: FastifyRequest,
): Promise<object> => {
  const { authorization } = headers;
  const form = typeof body === "string" ? body : "";
  const { clientId, secret } = readTokenRequest({ authorization, form });
  const connectionId = clientId.toLowerCase();
  const orgId = await locate(connectionId);
  if (orgId === undefined)
    throw invalidClient("There is no such client. Copy Client ID from Muster again.");
  try {
    const { token, secretId } = await organisations.within(orgId, (tx) =>
      grantAccess(tx, connectionId, secret),
    );
    const activity = { connectionId, requestAt: new Date() };
    recorder.note({ orgId, activity, tokenId: secretId });
    return { access_token: token, token_type: "Bearer", expires_in: accessTokenLifetime };
  } catch (error) {
    if (error instanceof OAuthError)
      recorder.note({
        orgId,
        activity: {
          connectionId,
          refusedAt: new Date(),
          refusedReason: error.message,
          refusedFrom: ip,
        },
      });
    throw error;
  }
};

const toOAuthError = (error: unknown, { log }: FastifyRequest): OAuthError => {
  if (error instanceof OAuthError) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 415)
    return invalidRequest("Send the parameters as application/x-www-form-urlencoded.");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return invalidRequest("The request cannot be read.");
  log.error({ err: error }, "Access token request failed");
  return new OAuthError(
    500,
    "temporarily_unavailable",
    "Something went wrong on our side. The request may be sent again.",
  );
};

const answerError = (reply: FastifyReply, { status, code, message }: OAuthError) => {
  if (status === 401) void reply.header("www-authenticate", 'Basic realm="Muster"');
  return reply.status(status).send({ error: code, error_description: message });
};
