import { forbidden } from "#http";
import type { FastifyRequest } from "fastify";

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a state-changing request that another site's page makes a browser send (CSRF). The cookie is SameSite=Lax;
 * this is the second lock, and the one that holds for the routes without a session.
 * @throws HttpError 403
 */
export const requireSameOrigin = (request: FastifyRequest, url: string): void => {
  if (readOnly.has(request.method) || isSameOrigin(request, url)) return;
  throw forbidden(
    "That request came from another site",
    `Changes are accepted from Muster's own pages. A program sends the header "Origin: ${new URL(url).origin}".`,
  );
};

const isSameOrigin = ({ headers, host }: FastifyRequest, url: string): boolean => {
  // A browser sets it itself and no page can change it.
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(url).origin || new URL(origin).host === host;
};
