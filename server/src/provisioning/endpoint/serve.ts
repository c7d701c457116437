import { performance } from "node:perf_hooks";
import { errorBody, scimErrors, type ScimError } from "@muster/scim";
import { execute, type Database } from "#database";
import { isId, newId, type Organisations, type OrgId, type Transaction } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import {
  authenticationQuery,
  organisationOfConnection,
  type Activity,
} from "../connections/store.ts";
import { hashToken } from "../connections/tokens.ts";
import type { Recorder } from "../log/recorder.ts";
import { redactBody, redactPath } from "../log/redact.ts";
import { insertLogEntries, type LogEntry } from "../log/store.ts";
import { authenticate, bearerToken, type Answer, type Authenticated, type Call } from "./call.ts";
import { toScimError } from "./errors.ts";

export type Served = FastifyRequest<{
  Params: { connection: string; id: string };
  Querystring: Record<string, unknown>;
}>;

type Work = (tx: Transaction, call: Call, request: Served) => Promise<Answer>;

type Needs = {
  readonly database: Database;
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly url: string;
};

const rememberedConnections = 10_000;
/** Bodies are kept this far in the log. */
const loggedBody = 64 * 1024;

/**
 * Gives functions that serve SCIM requests: authenticate, do the work in one transaction, answer, and log. A write's
 * log entry is part of its transaction; reads and refusals are written down behind the answer.
 */
export const createServing = ({ database, organisations, recorder, url }: Needs) => {
  /** Which organisation an endpoint belongs to never changes. */
  const organisationsByConnection = new LRUCache<string, OrgId>({ max: rememberedConnections });

  const locate = async (connectionId: string): Promise<OrgId | undefined> => {
    const known = organisationsByConnection.get(connectionId);
    if (known !== undefined || !isId(connectionId)) return known;
    const [route] = await execute(database.pool, organisationOfConnection(connectionId));
    if (route !== undefined) organisationsByConnection.set(connectionId, route.orgId);
    return route?.orgId;
  };

  const serve =
    (mode: "read" | "write", work: Work) => async (request: Served, reply: FastifyReply) => {
      const started = performance.now();
      const id = newId();
      const connectionId = request.params.connection.toLowerCase();
      const base = `${url}/scim/v2/${connectionId}`;
      const path =
        request.url.slice(
          request.url.indexOf(request.params.connection) + request.params.connection.length,
        ) || "/";
      const entryOf = (
        answer: Pick<Answer, "status" | "outcome" | "summary" | "resource" | "ignored">,
        response: string | null,
      ): LogEntry => ({
        id,
        connectionId,
        at: new Date(),
        method: request.method,
        path: redactPath(path).slice(0, 2000),
        status: answer.status,
        outcome: answer.outcome,
        resourceType: answer.resource?.type ?? null,
        resourceId: answer.resource?.id ?? null,
        resourceName: answer.resource?.name ?? null,
        summary: answer.summary.slice(0, 2000),
        ignored: answer.ignored ?? [],
        durationMs: performance.now() - started,
        request: storable(request.scimBody === undefined ? null : redactBody(request.scimBody)),
        response: storable(response),
      });

      const orgId = await locate(connectionId);
      if (orgId === undefined)
        return answerError(
          reply,
          scimErrors.notFound(
            "There is no such connection. Copy Endpoint from Muster into Tenant URL again.",
          ),
        );
      let who: Authenticated | undefined;
      try {
        const hash = hashToken(bearerToken(request.headers.authorization));
        const { answer, text } = await organisations.within(
          orgId,
          async (tx) => {
            who = authenticate(tx.opened);
            const call: Call = {
              id,
              connection: who.connection,
              base,
              cause: causeOf(id, who.connection, request),
              preconditions: {
                ifMatch: request.headers["if-match"],
                ifNoneMatch: request.headers["if-none-match"],
              },
            };
            const answer = await work(tx, call, request);
            const text = answer.body === undefined ? null : JSON.stringify(answer.body);
            if (mode === "write") insertLogEntries(tx, [entryOf(answer, text)]);
            return { answer, text };
          },
          {
            read: authenticationQuery(connectionId, hash),
            ...(mode === "write" && { hold: { key: connectionId, mode: "shared" as const } }),
          },
        );
        recorder.note({
          orgId,
          ...(mode === "read" && { entry: entryOf(answer, text) }),
          activity: activityOf(connectionId, request, answer),
          ...(who !== undefined && { tokenId: who.tokenId }),
        });
        return await reply
          .status(answer.status)
          .headers(answer.headers ?? {})
          .type(scimJson)
          .send(text ?? undefined);
      } catch (thrown) {
        const error = toScimError(thrown);
        if (error.status >= 500) request.log.error({ err: thrown }, "SCIM request failed");
        const outcome = error.status >= 500 ? "failed" : "refused";
        // A caller without credentials cannot fill the log: it shows on the connection's page only.
        const isKnown = who !== undefined;
        recorder.note({
          orgId,
          ...(isKnown && {
            entry: entryOf(
              { status: error.status, outcome, summary: error.detail },
              JSON.stringify(errorBody(error)),
            ),
            tokenId: who!.tokenId,
          }),
          activity: isKnown
            ? { connectionId, requestAt: new Date() }
            : { connectionId, refusedAt: new Date(), refusedReason: error.detail },
        });
        return answerError(reply, error);
      }
    };

  return {
    read: (work: Work) => serve("read", work),
    write: (work: Work) => serve("write", work),
  };
};

export const scimJson = "application/scim+json; charset=utf-8";

/** The SCIM error message, and for 401 the challenge that goes with it. */
export const answerError = (reply: FastifyReply, error: ScimError) => {
  if (error.status === 401) void reply.header("www-authenticate", "Bearer");
  return reply
    .status(error.status)
    .type(scimJson)
    .send(JSON.stringify(errorBody(error)));
};

const causeOf = (id: string, connection: Call["connection"], request: Served): Call["cause"] => {
  const what = request.routeOptions.url?.includes("/Groups") ? "a group" : "a person";
  const verbs: Record<string, string> = {
    POST: "created",
    PATCH: "changed",
    PUT: "replaced",
    DELETE: "deleted",
  };
  return {
    kind: "scim",
    id,
    sentence: `${connection.name} ${verbs[request.method] ?? "read"} ${what}`,
    actor: { id: connection.id, name: connection.name },
  };
};

const activityOf = (connectionId: string, request: Served, answer: Answer): Activity => ({
  connectionId,
  requestAt: new Date(),
  ...(isProbe(request) && { testConnectionAt: new Date() }),
  ...(["created", "changed", "deleted"].includes(answer.outcome) && {
    changeAt: new Date(),
    change: answer.summary,
  }),
});

/** Identity providers test a connection by looking for somebody with a random GUID for a name. */
const isProbe = ({ method, query }: Served): boolean =>
  method === "GET" &&
  typeof query["filter"] === "string" &&
  /eq\s+"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\s*$/i.test(query["filter"]) &&
  /userName|displayName|externalId|emails/i.test(query["filter"]);

/** What PostgreSQL cannot hold as text is made visible. */
const storable = (body: string | null): string | null =>
  body === null ? null : body.slice(0, loggedBody).replaceAll("\0", "\u2400").toWellFormed();
