import { forbidden, notFound, type HttpServer } from "#http";
import { isId, withinScope, withinTenant } from "#tenancy";
import type { FastifyRequest, RouteOptions } from "fastify";
import type { Access } from "./access.ts";
import { findSession } from "./find-session.ts";
import { isLimited } from "./role-scope.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { readSessionCookie } from "./session-cookie.ts";
import { sessionOf } from "./session.ts";

/**
 * Guards the routes registered after it: the request comes from our own origin; somebody is signed in, and may do what
 * the route's `config.permission` says; or the route is `config.public`. A route that says neither cannot be registered.
 */
export const requireSession = (app: HttpServer, access: Access): void => {
  app.decorateRequest("session", null);
  app.addHook("onRoute", (route) => requireDeclaration(route, access));
  app.addHook("onRequest", async (request) => {
    requireSameOrigin(request, access.url);
    const { config } = request.routeOptions;
    if (config.public) return;
    const cookie = readSessionCookie(request);
    const found =
      cookie === undefined ? undefined : await findSession(access, cookie, chosenTenant(request));
    request.session = found ?? null;
    const session = sessionOf(request);
    const { permission = "" } = config;
    if (permission === "session" || session.permissions.has(permission)) return;
    throw forbidden(
      "You may not do that",
      `Your access role, ${session.role.name}, lacks "${permission}". Ask an administrator for a role that has it.`,
    );
  });
  // After the body is read, because reading it leaves the context of the hooks before.
  app.addHook("preHandler", (request, _reply, done) => {
    const { session, routeOptions } = request;
    // What asks for nothing but a session concerns oneself, wherever one's account is.
    const isOwn =
      routeOptions.config.public === true || routeOptions.config.permission === "session";
    if (session === null || isOwn) return done();
    const next = session.isSuper ? done : () => withinTenant(session.tenantId, done);
    if (isLimited(session.scope)) withinScope(session.scope, next);
    else next();
  });
};

/** Where somebody at the super tenant looks at one tenant for a while, as if they were of it. */
export const tenantHeader = "muster-tenant";

const chosenTenant = ({ headers }: FastifyRequest): string | undefined => {
  const chosen = headers[tenantHeader];
  if (chosen === undefined) return undefined;
  if (typeof chosen !== "string" || !isId(chosen)) throw notFound("Tenant");
  return chosen;
};

const requireDeclaration = (
  { config, method, url }: RouteOptions,
  { permissions }: Access,
): void => {
  const declared: readonly string[] = ["session", ...permissions];
  const isGuarded = declared.includes(config?.permission ?? "");
  if (isGuarded !== (config?.public === true)) return;
  throw new Error(
    `${String(method)} ${url} must carry either config.public or a config.permission that a module declares.`,
  );
};
