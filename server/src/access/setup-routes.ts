import type { HttpServer } from "#http";
import type { Access } from "./access.ts";
import { Me, SetupQuery, SetupRequest, SetupState } from "./schemas.ts";
import { setSessionCookie } from "./session-cookie.ts";
import { completeSetup, describeSetup } from "./set-up.ts";

const tags = ["Access"];

export const registerSetupRoutes = (app: HttpServer, access: Access): void => {
  app.get(
    "/setup",
    {
      config: { public: true },
      schema: {
        operationId: "getSetup",
        tags,
        querystring: SetupQuery,
        response: { 200: SetupState },
      },
    },
    (request) => describeSetup(access, request.query.token),
  );

  app.post(
    "/setup",
    {
      config: { public: true },
      schema: { operationId: "completeSetup", tags, body: SetupRequest, response: { 200: Me } },
    },
    async (request, reply) => {
      const userAgent = request.headers["user-agent"];
      const { secret, me } = await completeSetup(access, { ...request.body, userAgent });
      setSessionCookie(reply, secret, access.url);
      return me;
    },
  );
};
