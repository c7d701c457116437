import type { IncomingMessage } from "node:http";
import { scimErrors } from "@muster/scim";
import type { Database } from "#database";
import type { HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import type { FastifyRequest } from "fastify";
import type { Admission } from "../admission/admission.ts";
import type { Recorder } from "../log/recorder.ts";
import { describeEndpoint, describeOne } from "./discovery.ts";
import { toScimError } from "./errors.ts";
import {
  createGroup,
  deleteGroup,
  patchGroup,
  readGroup,
  replaceGroup,
  showGroup,
} from "./groups.ts";
import { showing } from "./projection.ts";
import { listGroups, listUsers, readSearchRequest, searchAll } from "./queries.ts";
import { answerError, createServing, visitOf } from "./serve.ts";
import { createUser, deleteUser, patchUser, readUser, replaceUser } from "./users.ts";

type Needs = {
  readonly database: Database;
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly url: string;
};

/** The SCIM endpoint of every connection, below /scim/v2/{connection}. Every answer, errors included, is SCIM's own. */
export const registerScimEndpoint = async (app: HttpServer, needs: Needs): Promise<void> => {
  const { admission } = needs;
  const { read, write, bulk } = createServing(needs);
  await app.register(
    async (scim) => {
      scim.addHook("onRequest", async (request) => {
        const { connection } = request.params as { connection: string };
        request.visit = await admission.arrive({
          connectionId: connection.toLowerCase(),
          authorization: request.headers.authorization,
        });
      });
      scim.addHook("onResponse", ({ visit }, _reply, done) => {
        visit?.leave();
        done();
      });
      scim.addHook("onRequestAbort", async ({ visit }) => visit?.leave());
      scim.removeAllContentTypeParsers();
      scim.addContentTypeParser("*", (request: FastifyRequest, stream: IncomingMessage) =>
        admission.read(visitOf(request), stream),
      );
      scim.setErrorHandler((error, _request, reply) => answerError(reply, toScimError(error)));
      scim.setNotFoundHandler((request, reply) =>
        answerError(
          reply,
          scimErrors.notFound(
            `Muster serves nothing at ${request.method} ${request.url.split("?")[0]}.`,
          ),
        ),
      );

      scim.post(
        "/Users",
        write(showing("user", (tx, call, request) => createUser(tx, call, request.body))),
      );
      scim.get(
        "/Users",
        read((tx, call, request) => listUsers(tx, call, request.query)),
      );
      scim.post(
        "/Users/.search",
        read((tx, call, request) => listUsers(tx, call, readSearchRequest(request.body))),
      );
      scim.get(
        "/Users/:id",
        read((tx, call, request) => readUser(tx, call, request.params.id, request.query)),
      );
      scim.put(
        "/Users/:id",
        write(
          showing("user", (tx, call, request) =>
            replaceUser(tx, call, request.params.id, request.body),
          ),
        ),
      );
      scim.patch(
        "/Users/:id",
        write(
          showing("user", (tx, call, request) =>
            patchUser(tx, call, request.params.id, request.body),
          ),
        ),
      );
      scim.delete(
        "/Users/:id",
        write((tx, call, request) => deleteUser(tx, call, request.params.id)),
      );

      scim.post(
        "/Groups",
        write(showing("group", (tx, call, request) => createGroup(tx, call, request.body))),
      );
      scim.get(
        "/Groups",
        read((tx, call, request) => listGroups(tx, call, request.query)),
      );
      scim.post(
        "/Groups/.search",
        read((tx, call, request) => listGroups(tx, call, readSearchRequest(request.body))),
      );
      scim.get(
        "/Groups/:id",
        read((tx, call, request) => readGroup(tx, call, request.params.id, request.query)),
      );
      scim.put(
        "/Groups/:id",
        write(async (tx, call, { params, query, body }) => {
          const answer = await replaceGroup(tx, call, params.id, body);
          return showGroup(tx, call, answer, { ...params, query });
        }),
      );
      scim.patch(
        "/Groups/:id",
        write(async (tx, call, { params, query, body }) => {
          const answer = await patchGroup(tx, call, params.id, body);
          // RFC 7644 §3.5.2: no content, but where the request names the attributes to show.
          return query["attributes"] === undefined
            ? answer
            : showGroup(tx, call, answer, { ...params, query });
        }),
      );
      scim.delete(
        "/Groups/:id",
        write((tx, call, request) => deleteGroup(tx, call, request.params.id)),
      );

      scim.post(
        "/.search",
        read((tx, call, request) => searchAll(tx, call, readSearchRequest(request.body))),
      );
      scim.post("/Bulk", bulk);
      scim.get("/ServiceProviderConfig", read(describeEndpoint("ServiceProviderConfig")));
      scim.get("/ResourceTypes", read(describeEndpoint("ResourceTypes")));
      scim.get("/ResourceTypes/:id", read(describeOne("ResourceTypes")));
      scim.get("/Schemas", read(describeEndpoint("Schemas")));
      scim.get("/Schemas/:id", read(describeOne("Schemas")));
      // The bare address is looked at now and then (R62); with a filter it finds everything (RFC 7644 §3.4.2.1).
      const describe = describeEndpoint("ServiceProviderConfig");
      scim.get(
        "/",
        read((tx, call, request) =>
          request.query["filter"] === undefined
            ? describe(tx, call, request)
            : searchAll(tx, call, request.query),
        ),
      );
      scim.all(
        "/Me",
        read(async () => {
          throw scimErrors.notImplemented("Muster does not serve this part of SCIM.");
        }),
      );
    },
    { prefix: "/scim/v2/:connection" },
  );
};
