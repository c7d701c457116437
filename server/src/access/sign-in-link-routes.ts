import type { HttpServer } from "#http";
import type { Access } from "./access.ts";
import { ById, ByToken, Me, NewSignInLink, SignInLinkRequest, SignInLinkState } from "./schemas.ts";
import { setDeviceCookie } from "./known-device.ts";
import { setSessionCookie } from "./session-cookie.ts";
import { sessionOf } from "./session.ts";
import { createSignInLink, describeSignInLink, useSignInLink } from "./sign-in-link.ts";

const tags = ["Access"];

export const registerSignInLinkRoutes = (app: HttpServer, access: Access): void => {
  app.post(
    "/accounts/:id/sign-in-link",
    {
      // Declared by the accounts module, which lies above this one.
      config: { permission: "accounts:sign-in" },
      schema: {
        operationId: "createSignInLink",
        tags,
        params: ById,
        response: { 201: NewSignInLink },
      },
    },
    async (request, reply) => {
      const link = await createSignInLink(access, sessionOf(request), request.params.id);
      return reply.status(201).send(link);
    },
  );

  app.get(
    "/sign-in-links/:token",
    {
      config: { public: true },
      schema: {
        operationId: "getSignInLink",
        tags,
        params: ByToken,
        response: { 200: SignInLinkState },
      },
    },
    (request) => describeSignInLink(access, request.params.token),
  );

  app.post(
    "/sign-in-links/:token",
    {
      config: { public: true },
      schema: {
        operationId: "useSignInLink",
        tags,
        params: ByToken,
        body: SignInLinkRequest,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const { token } = request.params;
      const userAgent = request.headers["user-agent"];
      const { secret, device, me } = await useSignInLink(access, {
        token,
        ...request.body,
        userAgent,
      });
      setSessionCookie(reply, secret, access.url);
      if (device !== undefined) setDeviceCookie(reply, device, access.url);
      return me;
    },
  );
};
