import type { FastifyReply, FastifyRequest } from "fastify";
import { absoluteLifetime } from "./session-lifetime.ts";

export const sessionCookieName = "muster_session";

export const readSessionCookie = (request: FastifyRequest): string | undefined =>
  request.cookies[sessionCookieName];

const attributes = (url: string) =>
  ({ path: "/", httpOnly: true, sameSite: "lax", secure: url.startsWith("https:") }) as const;

/** @param url the public base URL: over https the cookie never travels without it */
export const setSessionCookie = (reply: FastifyReply, secret: string, url: string): void => {
  reply.setCookie(sessionCookieName, secret, {
    ...attributes(url),
    maxAge: absoluteLifetime / 1000,
  });
};

export const clearSessionCookie = (reply: FastifyReply, url: string): void => {
  reply.clearCookie(sessionCookieName, attributes(url));
};
