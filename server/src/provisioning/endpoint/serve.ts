import { errorBody, scimErrors, type ScimError } from "@muster/scim";
import type { Database } from "#database";
import type { Organisations, Transaction } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import { createLocator } from "../connections/locate.ts";
import { rememberDialects } from "../dialect/remember-dialects.ts";
import type { Recorder } from "../log/recorder.ts";
import { performBulk } from "./bulk.ts";
import type { Answer, Call } from "./call.ts";
import { toScimError } from "./errors.ts";
import { createPerform, type Arrived, type Performed } from "./perform.ts";

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

/** Gives functions that serve SCIM requests: find the connection, have the work done and logged, answer. */
export const createServing = ({ database, ...needs }: Needs) => {
  const locate = createLocator(database);
  const perform = createPerform({ ...needs, dialectOf: rememberDialects() });

  const receive = async (request: Served): Promise<Arrived> => {
    const { connection } = request.params;
    const connectionId = connection.toLowerCase();
    const orgId = await locate(connectionId);
    if (orgId === undefined)
      throw scimErrors.notFound(
        "There is no such connection. Copy Endpoint from Muster into Tenant URL again.",
      );
    return {
      orgId,
      connectionId,
      authorization: request.headers.authorization,
      from: request.ip,
      method: request.method,
      path: request.url.slice(request.url.indexOf(connection) + connection.length) || "/",
      body: request.scimBody,
      preconditions: {
        ifMatch: request.headers["if-match"],
        ifNoneMatch: request.headers["if-none-match"],
      },
      isProbe: isProbe(request),
      log: request.log,
    };
  };

  const serve =
    (work: (arrived: Arrived, request: Served) => Promise<Performed>) =>
    async (request: Served, reply: FastifyReply) => {
      try {
        const { answer, text } = await work(await receive(request), request);
        return await reply
          .status(answer.status)
          .headers(answer.headers ?? {})
          .type(scimJson)
          .send(text ?? undefined);
      } catch (thrown) {
        return answerError(reply, toScimError(thrown));
      }
    };

  const inOneTransaction = (mode: "read" | "write") => (work: Work) =>
    serve((arrived, request) => perform(mode, arrived, (tx, call) => work(tx, call, request)));

  return {
    read: inOneTransaction("read"),
    write: inOneTransaction("write"),
    bulk: serve((arrived, request) => performBulk(perform, arrived, request.body)),
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

/** Identity providers test a connection by looking for somebody with a random GUID for a name. */
const isProbe = ({ method, query }: Served): boolean =>
  method === "GET" &&
  typeof query["filter"] === "string" &&
  /eq\s+"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\s*$/i.test(query["filter"]) &&
  /userName|displayName|externalId|emails/i.test(query["filter"]);
