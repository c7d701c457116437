import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveConsole } from "./serve-console.ts";
import { createHttpServer, type HttpServer } from "./server.ts";

const page = "<!doctype html><title>Muster</title>";
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

const start = async (folder: string): Promise<HttpServer> => {
  const app = createHttpServer({ logger: pino({ level: "silent" }), isHttps: false });
  app.get("/api/v1/things", () => ({ items: [] }));
  await serveConsole(app, folder);
  return app;
};

describe("the built console", () => {
  let app: HttpServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "muster-console-"));
    await mkdir(join(folder, "assets"));
    await writeFile(join(folder, "index.html"), page);
    await writeFile(join(folder, "favicon.svg"), "<svg/>");
    await writeFile(join(folder, "assets/index-B4dF00d1.js"), "export {};");
    app = await start(folder);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  test.each([
    "/",
    "/accounts",
    "/accounts/01a2?x=1",
    "/assets",
    "/assets/01a2",
    "/setup?token=x.y",
  ])("%s, to a browser, is its first page, asked for again each time", async (url) => {
    const { statusCode, body, headers } = await app.inject({ url, headers: html });
    expect([statusCode, body]).toEqual([200, page]);
    expect(headers["content-type"]).toContain("text/html");
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
  });

  test.each([
    "/api/v1/a//b",
    "/scim/v2/x/../y",
    "/assets/../../secret",
    "/a/%2e%2e/b",
    "/..%2f..%2fb",
  ])("%s, to a program, is refused with a sentence", async (url) => {
    const { statusCode, body } = await app.inject({ url });
    expect([403, 404]).toContain(statusCode);
    expect(JSON.parse(body).detail).toMatch(/^Nothing is served at /);
  });

  test("a file whose name carries its hash never changes", async () => {
    const { headers, body } = await app.inject("/assets/index-B4dF00d1.js");
    expect(body).toBe("export {};");
    expect(headers["content-type"]).toContain("javascript");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  test("any other file is asked for again", async () => {
    const { headers, body } = await app.inject("/favicon.svg");
    expect(body).toBe("<svg/>");
    expect(headers["cache-control"]).toBe("no-cache");
  });

  const problems = [
    {
      because: "a script of an older build",
      url: "/assets/index-0ld.js",
      headers: { accept: "*/*" },
    },
    { because: "data", url: "/accounts", headers: { accept: "application/json" } },
    { because: "the API, also for a browser", url: "/api/v1/nothing", headers: html },
    { because: "SCIM, also for a browser", url: "/scim/v2", headers: html },
    { because: "health, also for a browser", url: "/health/nothing", headers: html },
    { because: "a change", url: "/accounts", headers: html, method: "POST" as const },
    { because: "what lies outside the folder", url: "/..%2f..%2fpackage.json", headers: {} },
    { because: "a NUL", url: "/%00", headers: {} },
    { because: "what is no address", url: "/%zz", headers: {} },
  ];

  test.each(problems)("$because, unknown, is a problem and no page", async (asked) => {
    const { statusCode, headers, body } = await app.inject(asked);
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(body).not.toContain("doctype");
  });
});

test("a console that is not built says how to build it", async () => {
  const app = await start(join(tmpdir(), "muster-no-such-folder"));
  const { statusCode, body } = await app.inject({ url: "/", headers: html });
  expect(statusCode).toBe(404);
  expect(body).toContain("npm run build:console");
  expect((await app.inject("/api/v1/things")).json()).toEqual({ items: [] });
  await app.close();
});
