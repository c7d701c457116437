import * as fc from "fast-check";
import { anyJson, bodyOf, nastyText, queryOf, segment, type Draft } from "./values.ts";

type Schema = { readonly $ref?: string; readonly properties?: Record<string, unknown> };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
};

/** What of an OpenAPI document the requests are made from. */
export type ApiDescription = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components?: { readonly schemas?: Record<string, Schema> };
};

/**
 * What would end the session that the fuzz works with, or the token; and what answers with all that has happened so far,
 * which takes as long as that is.
 */
const spared = new Set([
  "signOut",
  "signOutEverywhere",
  "changePassword",
  "revokeToken",
  "exportProvisioningLog",
  "exportLedger",
]);

/** Requests of the API as it describes itself, with values that need not be what it asks for. */
export const apiRequest = (description: ApiDescription): fc.Arbitrary<Draft> => {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method, { operationId }]) => !spared.has(operationId) && method !== "delete")
      .map(([method, operation]) => requestOf(description, method, path, operation)),
  );
  return fc.oneof(...operations);
};

const requestOf = (
  description: ApiDescription,
  method: string,
  path: string,
  { parameters = [], requestBody }: Operation,
): fc.Arbitrary<Draft> => {
  const names = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  const address = fc
    .tuple(
      fc.array(segment, { minLength: 3, maxLength: 3 }),
      queryOf([...names, "limit"], nastyText),
    )
    .map(([segments, query]) => {
      let at = 0;
      return (
        path.replace("/api/v1", "").replaceAll(/\{\w+\}/g, () => segments[at++] ?? "x") + query
      );
    });
  const keys = keysOf(description, requestBody?.content["application/json"]?.schema);
  return fc
    .record(
      {
        method: fc.constant(method.toUpperCase()),
        path: address,
        body: bodyOf(
          fc.oneof(
            fc.dictionary(fc.constantFrom(...keys, "id"), anyJson(fc.constantFrom(...keys, "id"))),
            anyJson(fc.constantFrom(...keys, "id")),
          ),
        ),
        contentType: fc.constantFrom("application/json", "application/json", "text/plain", "a/b"),
      },
      {
        requiredKeys: [
          "method",
          "path",
          ...(method === "get" ? [] : (["body", "contentType"] as const)),
        ],
      },
    )
    .map((draft): Draft => {
      const { body, contentType, ...rest } = draft;
      if (method === "get" || body === undefined) return rest;
      return { ...rest, body, contentType: contentType ?? "application/json" };
    });
};

const keysOf = (description: ApiDescription, schema: Schema | undefined): string[] => {
  if (schema?.$ref === undefined) return Object.keys(schema?.properties ?? {});
  return keysOf(
    description,
    description.components?.schemas?.[schema.$ref.split("/").at(-1) ?? ""],
  );
};
