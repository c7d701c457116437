import { DatabaseUnavailable, type Database } from "#database";
import type { HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Admission } from "../admission/admission.ts";
import { createLocator } from "../connections/locate.ts";
import { createIssuerKeys } from "../federation/issuer-keys.ts";
import type { KeysRule } from "../federation/keys-rule.ts";
import type { Recorder } from "../log/recorder.ts";
import { giveToken } from "./give-token.ts";
import { accessTokenLifetime } from "./grant-access.ts";
import { invalidRequest, OAuthError } from "./oauth-error.ts";
import { readTokenRequest } from "./read-token-request.ts";
import { createWrongCredentials } from "./wrong-credentials.ts";

type Needs = {
  readonly database: Database;
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly mayFetchKeys: KeysRule;
};

const bodyLimit = 16 * 1024;

/** POST /oauth2/token: access tokens for a connection's client credentials (RFC 6749 §4.4). */
export const registerTokenEndpoint = async (
  app: HttpServer,
  { database, mayFetchKeys, ...rest }: Needs,
): Promise<void> => {
  const needs = {
    ...rest,
    locate: createLocator(database),
    wrong: createWrongCredentials(database.pool),
    keysOf: createIssuerKeys(mayFetchKeys),
  };
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
    oauth.post("/oauth2/token", async ({ body, headers, ip }) => {
      const form = typeof body === "string" ? body : "";
      const credentials = readTokenRequest({ authorization: headers.authorization, form });
      const token = await giveToken(needs, credentials, ip);
      return { access_token: token, token_type: "Bearer", expires_in: accessTokenLifetime };
    });
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

const toOAuthError = (error: unknown, { log }: FastifyRequest): OAuthError => {
  if (error instanceof OAuthError) return error;
  const { statusCode } = error as { statusCode?: number };
  if (error instanceof DatabaseUnavailable) {
    log.error({ err: error }, "Access token request failed");
    return new OAuthError(503, "temporarily_unavailable", error.message, error.retryAfterSeconds);
  }
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

const answerError = (reply: FastifyReply, { status, code, message, retryAfter }: OAuthError) => {
  if (retryAfter !== undefined) void reply.header("retry-after", retryAfter);
  if (status === 401) void reply.header("www-authenticate", 'Basic realm="Muster"');
  return reply.status(status).send({ error: code, error_description: message });
};
