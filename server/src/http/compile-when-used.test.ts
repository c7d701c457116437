import fastify from "fastify";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { compileWhenUsed } from "./compile-when-used.ts";

const createServer = () =>
  fastify({ schemaController: { compilersFactory: compileWhenUsed() } })
    .post(
      "/pages/:page",
      {
        schema: {
          params: Type.Object({ page: Type.Integer() }),
          body: Type.Object({ name: Type.String() }),
          response: { 200: Type.Object({ page: Type.Integer() }) },
        },
      },
      ({ params }) => ({ ...(params as object), secret: "kept" }),
    )
    .get("/never", { schema: { response: { 200: { type: "no such type" } } } }, () => ({
      said: "never asked for",
    }));

test("what is validated and serialized is what Fastify's own compilers make of it", async () => {
  const app = createServer();
  const post = async (url: string, payload: object) => {
    const answer = await app.inject({ method: "POST", url, payload });
    return [answer.statusCode, answer.json()] as unknown;
  };
  // The second time it is compiled already.
  for (const page of [7, 8])
    expect(await post(`/pages/${page}`, { name: "Ana" })).toEqual([200, { page }]);
  expect(await post("/pages/first", { name: "Ana" })).toMatchObject([
    400,
    { code: "FST_ERR_VALIDATION", message: "params/page must be integer" },
  ]);
  expect(await post("/pages/7", {})).toMatchObject([
    400,
    { message: "body must have required property 'name'" },
  ]);
});

test("a schema is compiled by the first request that needs it", async () => {
  const app = createServer();
  await app.ready();
  expect((await app.inject("/never")).statusCode).toBe(500);
});
