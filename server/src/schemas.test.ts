import { subscribe, unsubscribe } from "node:diagnostics_channel";
import fastify, { type FastifyInstance, type FastifySchema, type RouteOptions } from "fastify";
import { expect, test } from "vitest";
import { describeApi } from "./cli/openapi.ts";
import { compileWhenUsed } from "./http/compile-when-used.ts";

type Route = { readonly route: RouteOptions; readonly on: FastifyInstance };

/** Every route of the servers that are made meanwhile. Fastify says on a channel of its own that it has made one. */
const routesOf = async (make: () => Promise<unknown>): Promise<Route[]> => {
  const routes: Route[] = [];
  const collect = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook("onRoute", function (route) {
      routes.push({ route, on: this });
    });
  };
  subscribe("fastify.initialization", collect);
  await make().finally(() => unsubscribe("fastify.initialization", collect));
  return routes;
};

type Part = { readonly name: string; readonly compile: () => unknown };

/** What of a route's schemas is compiled: what comes in for the validator, and each answer for the serializer. */
const partsOf = ({ route: { method, url, schema = {} }, on }: Route): Part[] => {
  const name = `${String(method)} ${url}`;
  const at = { method: String(method), url };
  const incoming = (["body", "querystring", "params", "headers"] as const).flatMap((httpPart) => {
    const part = schema[httpPart];
    if (part === undefined) return [];
    return {
      name: `${name} ${httpPart}`,
      compile: () => on.validatorCompiler!({ ...at, schema: part, httpPart }),
    };
  });
  const outgoing = Object.entries(answersOf(schema)).map(([httpStatus, part]) => ({
    name: `${name} ${httpStatus}`,
    compile: () => on.serializerCompiler!({ ...at, schema: part, httpStatus }),
  }));
  return [...incoming, ...outgoing];
};

const answersOf = ({ response }: FastifySchema) => (response ?? {}) as Record<string, object>;

/** Compiles them all. Gives what cannot be, and why. */
const compileAll = (parts: readonly Part[]) =>
  parts.flatMap(({ name, compile }) => {
    try {
      // What stands in for a compiled schema compiles it when it is looked at.
      Reflect.get(compile() as object, "length");
      return [];
    } catch (error) {
      return { name, because: (error as Error).message };
    }
  });

test("every schema of every route can be compiled", async () => {
  const parts = (await routesOf(describeApi)).flatMap(partsOf);
  expect(parts.length).toBeGreaterThan(250);
  expect(compileAll(parts)).toEqual([]);
});

test("one that cannot be is found, whichever part it is", async () => {
  const broken = { type: "no such type" };
  const routes = await routesOf(async () => {
    const app = fastify({ schemaController: { compilersFactory: compileWhenUsed() } });
    app.post("/:id", { schema: { body: broken, querystring: broken, params: broken } }, () => "");
    app.get("/", { schema: { response: { 200: { type: "object" }, 404: broken } } }, () => "");
    await app.ready();
  });
  expect(compileAll(routes.flatMap(partsOf)).map(({ name }) => name)).toEqual([
    "POST /:id body",
    "POST /:id querystring",
    "POST /:id params",
    "GET / 404",
    "HEAD / 404",
  ]);
});
