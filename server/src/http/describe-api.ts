import swagger from "@fastify/swagger";
import { Problem } from "./problem.ts";
import type { HttpServer } from "./server.ts";
import { markComponents, shareComponents, type Json } from "./share-components.ts";

type Described = {
  readonly version: string;
  readonly cookieName: string;
  /** What each permission lets somebody do, as a sentence. */
  readonly permissions: ReadonlyMap<string, string>;
};

/**
 * Describes the routes registered after it as OpenAPI 3.1, served at /api/openapi.json. A schema with an `$id` becomes a
 * component of that name; every operation may answer with a Problem.
 */
export const describeApi = async (
  app: HttpServer,
  { version, cookieName, permissions }: Described,
): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Muster",
        version,
        description: "IT asset management whose people come from the directory.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/" }],
      components: {
        securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName } },
      },
    },
    // SCIM describes itself, at /Schemas; it and the console's files are no part of the API.
    transform: ({ schema, url, route }) => ({
      url,
      schema: {
        ...markComponents(schema),
        hide: !url.startsWith("/api/v1/"),
        security: route.config?.public ? [] : [{ session: [] }],
        "x-permission": route.config?.permission ?? null,
        ...describe(schema?.description, needOf(route.config?.permission, permissions)),
      },
    }),
    transformObject: (given) => {
      if (!("openapiObject" in given)) throw new Error("OpenAPI 3 was asked for");
      const document = given.openapiObject;
      for (const item of Object.values(document.paths ?? {}))
        for (const operation of Object.values(item as Record<string, Operation>))
          operation.responses["default"] = problemAnswer;
      return shareComponents(document as unknown as Json) as unknown as typeof document;
    },
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
};

/** What a route says of itself, and what it needs. */
const describe = (...sentences: readonly (string | undefined)[]) => {
  const description = sentences.filter((sentence) => sentence !== undefined).join(" ");
  return description !== "" && { description };
};

const needOf = (permission = "", permissions: Described["permissions"]): string | undefined => {
  const sentence = permissions.get(permission);
  return sentence && `Needs ${permission}: ${sentence}`;
};

type Operation = { responses: Record<string, object> };

const problemAnswer = {
  description: "Anything else: what happened, why, and what to do next (RFC 9457)",
  content: { "application/problem+json": { schema: markComponents(Problem) } },
};
