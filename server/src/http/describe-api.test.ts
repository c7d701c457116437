import { pino } from "pino";
import { expect, test } from "vitest";
import { describeApi } from "./describe-api.ts";
import { createHttpServer } from "./server.ts";

test("an operation says what it does, and what whoever asks for it needs", async () => {
  const app = createHttpServer({ logger: pino({ level: "silent" }), isHttps: false });
  await describeApi(app, {
    version: "1",
    cookieName: "session",
    permissions: new Map([["assets:view", "See assets."]]),
  });
  const own = { schema: { description: "All of them, as CSV." } };
  const guarded = { config: { permission: "assets:view" } };
  await app.register(async (api) => {
    api.get("/api/v1/both", { ...own, ...guarded }, () => "");
    api.get("/api/v1/own", own, () => "");
    api.get("/api/v1/need", guarded, () => "");
    api.get("/api/v1/neither", () => "");
  });

  const { paths } = (await app.inject("/api/openapi.json")).json<{
    paths: Record<string, { get: { description?: string } }>;
  }>();
  expect(
    Object.fromEntries(Object.entries(paths).map(([path, { get }]) => [path, get.description])),
  ).toEqual({
    "/api/v1/both": "All of them, as CSV. Needs assets:view: See assets.",
    "/api/v1/own": "All of them, as CSV.",
    "/api/v1/need": "Needs assets:view: See assets.",
    "/api/v1/neither": undefined,
  });
});
