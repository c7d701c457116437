import type { HttpServer } from "#http";
import { Type } from "typebox";
import type { Access } from "./access.ts";
import { changePassword } from "./change-password.ts";
import { readDeviceCookie, setDeviceCookie } from "./known-device.ts";
import { presentMe } from "./me.ts";
import { AccountChoice, Me, PasswordChange, SignInRequest } from "./schemas.ts";
import { clearSessionCookie, setSessionCookie } from "./session-cookie.ts";
import { sessionOf } from "./session.ts";
import { registerRoleRoutes } from "./role-routes.ts";
import { registerSetupRoutes } from "./setup-routes.ts";
import { registerSignInLinkRoutes } from "./sign-in-link-routes.ts";
import { signIn } from "./sign-in.ts";
import { switchAccount } from "./switch-account.ts";
import { deleteSession, deleteSessions } from "./store/sessions.ts";

const tags = ["Access"];
const nothing = Type.Null({ description: "Done" });

export const registerAccessRoutes = (app: HttpServer, access: Access): void => {
  const { organisations, url } = access;
  registerSetupRoutes(app, access);
  registerSignInLinkRoutes(app, access);
  registerRoleRoutes(app, access);

  app.post(
    "/sign-in",
    {
      config: { public: true },
      schema: { operationId: "signIn", tags, body: SignInRequest, response: { 200: Me } },
    },
    async (request, reply) => {
      const { ip: address, headers } = request;
      const credentials = {
        ...request.body,
        address,
        userAgent: headers["user-agent"],
        device: readDeviceCookie(request),
      };
      const { secret, device, me } = await signIn(access, credentials);
      setSessionCookie(reply, secret, url);
      if (device !== undefined) setDeviceCookie(reply, device, url);
      return me;
    },
  );

  app.post(
    "/sign-out",
    {
      config: { permission: "session" },
      schema: { operationId: "signOut", tags, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { orgId, sessionHash } = sessionOf(request);
      await organisations.within(orgId, async (tx) => deleteSession(tx, sessionHash));
      clearSessionCookie(reply, url);
      return reply.status(204).send(null);
    },
  );

  app.post(
    "/sign-out-everywhere",
    {
      config: { permission: "session" },
      schema: { operationId: "signOutEverywhere", tags, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { orgId, accountId } = sessionOf(request);
      await organisations.within(orgId, async (tx) => deleteSessions(tx, [accountId]));
      clearSessionCookie(reply, url);
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/me",
    {
      config: { permission: "session" },
      schema: { operationId: "getMe", tags, response: { 200: Me } },
    },
    (request) => {
      const { orgId, accountId } = sessionOf(request);
      return organisations.within(orgId, (tx) => presentMe(tx, access, accountId));
    },
  );

  app.post(
    "/me/password",
    {
      config: { permission: "session" },
      schema: {
        operationId: "changePassword",
        tags,
        body: PasswordChange,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await changePassword(access, sessionOf(request), request.body);
      return reply.status(204).send(null);
    },
  );

  app.put(
    "/me/account",
    {
      config: { permission: "session" },
      schema: { operationId: "switchAccount", tags, body: AccountChoice, response: { 200: Me } },
    },
    async (request, reply) => {
      const { secret, me } = await switchAccount(access, sessionOf(request), {
        ...request.body,
        userAgent: request.headers["user-agent"],
      });
      setSessionCookie(reply, secret, url);
      return me;
    },
  );
};
