import { errorBody, scimErrors, type ScimError } from "@muster/scim";
import type { Database } from "#database";
import type { Organisations, Transaction } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Admission, Visit } from "../admission/admission.ts";
import { Throttled } from "../admission/throttled.ts";
import { createLocator } from "../connections/locate.ts";
import { rememberDialects } from "../dialect/remember-dialects.ts";
import type { Recorder } from "../log/recorder.ts";
import { parseBody } from "./body.ts";
import { performBulk } from "./bulk.ts";
import type { Answer, Call } from "./call.ts";
import { toScimError } from "./errors.ts";
import { Unavailable } from "./unavailable.ts";
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
  readonly admission: Admission;
  readonly url: string;
};

declare module "fastify" {
  interface FastifyRequest {
    /** How a SCIM request was let in. */
    visit?: Visit;
  }
}

/** Gives functions that serve SCIM requests: find the connection, have the work done and logged, answer. */
export const createServing = ({ database, admission, ...needs }: Needs) => {
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
      recognised: ({ limit }) =>
        admission.recognise(visitOf(request), { orgId, connectionId, limit }),
    };
  };

  const serve =
    (work: (arrived: Arrived, request: Served) => Promise<Performed>) =>
    async (request: Served, reply: FastifyReply) => {
      try {
        const { answer, text } = await admission.run(visitOf(request), async () => {
          takeBody(request);
          return work(await receive(request), request);
        });
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

/** Whatever went wrong on the way to the endpoint, as SCIM says it. */
export const answerScimError = (error: unknown, reply: FastifyReply) =>
  answerError(reply, toScimError(error));

/** @throws Error where the hook that lets requests in has not run */
export const visitOf = ({ visit }: Pick<FastifyRequest, "visit">): Visit => {
  if (visit === undefined) throw new Error("The request was not let in");
  return visit;
};

/** Parses what was read, now that it is the request's turn. */
const takeBody = (request: Served): void => {
  if (!Buffer.isBuffer(request.body)) return;
  request.scimBody = parseBody(request.body);
  request.body = request.scimBody.value;
};

/** The SCIM error message, for 401 with the challenge that goes with it, for 429 and 503 with the time to come back. */
export const answerError = (reply: FastifyReply, error: ScimError) => {
  if (error instanceof Throttled || error instanceof Unavailable)
    void reply.header("retry-after", error.retryAfterSeconds);
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
