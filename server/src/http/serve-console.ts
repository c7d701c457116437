import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { notFound } from "./errors.ts";
import type { HttpServer } from "./server.ts";

const forever = "public, max-age=31536000, immutable";

/**
 * Serves the built console, and its first page at every address that a browser navigates to and nothing else serves:
 * the console knows its own addresses. Anything else unknown is a problem, never a page.
 * @param folder what Vite built; its `assets/` carry a hash of their content in their names
 */
export const serveConsole = async (app: HttpServer, folder: string): Promise<void> => {
  const isBuilt = existsSync(join(folder, "index.html"));
  if (isBuilt)
    await app.register(fastifyStatic, {
      root: folder,
      index: ["index.html"],
      // A route for each file there is: a wildcard would take what belongs to /scim and /api.
      wildcard: false,
      cacheControl: false,
      // The build left a .br and a .gz beside each file that gains by it.
      preCompressed: true,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(folder, "assets") + sep);
        void reply.header("cache-control", isHashed ? forever : "no-cache");
      },
    });
  app.setNotFoundHandler(async (request, reply: FastifyReply) => {
    if (!isNavigation(request))
      throw notFound("Address", `Nothing is served at ${request.method} ${pathOf(request)}.`);
    if (!isBuilt) throw notFound("Console", "It has not been built. Run: npm run build:console");
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
};

const isNavigation = (request: FastifyRequest): boolean =>
  (request.method === "GET" || request.method === "HEAD") &&
  !/^\/(api|scim|health|metrics)(\/|$)/.test(pathOf(request)) &&
  (request.headers.accept ?? "").includes("text/html");

const pathOf = (request: FastifyRequest): string => request.url.split("?", 1)[0] ?? "";
