import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import described from "../openapi.json" with { type: "json" };
import { createTestApp, type TestApp } from "../test/support/app.ts";

let muster: TestApp;
beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(() => muster.close());

type Method = "get" | "post" | "put" | "patch" | "delete";
type Operation = { operationId: string; "x-permission": string | null };
type Route = { method: Method; path: string; operation: Operation };

/** Every route of the API, from its description, with an unknown id wherever it takes one. */
const everyRoute = async (): Promise<Route[]> => {
  const { paths } = (await muster.app.inject("/api/openapi.json")).json<{
    paths: Record<string, Record<Method, Operation>>;
  }>();
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method as Method,
      path: path.replace("/api/v1", "").replaceAll(/\{\w+\}/g, randomUUID()),
      operation,
    })),
  );
};

/** Whoever may do something with a noun may see it. */
const impliesView = (permission: string, view: string): boolean =>
  view === `${permission.split(":")[0]}:view`;

/** Of the committed description: it is known before the server is up, one test for each. */
const permissions = [
  ...new Set(
    Object.values(described.paths as Record<string, Record<string, Operation>>)
      .flatMap((item) => Object.values(item))
      .flatMap((operation) => operation["x-permission"] ?? [])
      .filter((permission) => permission !== "session"),
  ),
];

const guardedRoutes = async () =>
  (await everyRoute()).filter(({ operation }) => operation["x-permission"] !== null);

describe("every route", () => {
  test("is described with a name of its own", async () => {
    const names = (await everyRoute()).map(({ operation }) => operation.operationId);
    expect(names.length).toBeGreaterThan(50);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  test("is public only where nobody can be signed in yet", async () => {
    const open = (await everyRoute()).filter(({ operation }) => operation["x-permission"] === null);
    expect(open.map(({ operation }) => operation.operationId).toSorted()).toEqual([
      "completeSetup",
      "getSetup",
      "getSignInLink",
      "signIn",
      "useSignInLink",
    ]);
  });

  test("is refused without a session", async () => {
    for (const { method, path } of await guardedRoutes()) {
      const { status, body } = await muster.as(null)[method](path);
      expect(`${method} ${path} ${status} ${body.title}`).toBe(
        `${method} ${path} 401 You are not signed in`,
      );
    }
  });

  test("is refused without the right", async () => {
    const loanee = muster.as(await muster.createPerson("loanee"));
    for (const { method, path, operation } of await guardedRoutes()) {
      const permission = operation["x-permission"] ?? "";
      if (permission === "session") continue;
      const { status, body } = await loanee[method](path);
      expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 403`);
      expect(body.detail).toContain(`lacks "${permission}"`);
    }
  });

  test("is guarded by a permission that a module declares, and each of these guards one", async () => {
    const routes = await guardedRoutes();
    const guards = new Set(routes.map(({ operation }) => operation["x-permission"] ?? ""));
    guards.delete("session");
    expect(guards.size).toBeGreaterThan(15);
    const { body } = await muster.as(muster.administrator).get("/permissions");
    const declared = (body.items as { verbs: { permission: string }[] }[]).flatMap(({ verbs }) =>
      verbs.map(({ permission }) => permission),
    );
    expect([...guards].toSorted()).toEqual(declared.toSorted());
    expect(permissions.toSorted(), "each of them is tried below").toEqual(declared.toSorted());
  });

  test.each(permissions)(
    "of %s is open to a role with exactly that, and closed to one with all others",
    async (permission) => {
      const others = permissions.filter(
        (one) => one !== permission && !impliesView(one, permission),
      );
      const has = muster.as(await muster.createPersonWhoMay([permission]));
      const lacks = muster.as(await muster.createPersonWhoMay(others));
      for (const { method, path, operation } of await guardedRoutes()) {
        const guard = operation["x-permission"] ?? "";
        if (guard === "session") continue;
        const isOpen = guard === permission || impliesView(permission, guard);
        const { status } = await has[method](path);
        expect(`${permission}: ${method} ${path} ${status === 403}`).toBe(
          `${permission}: ${method} ${path} ${!isOpen}`,
        );
        if (guard !== permission) continue;
        const refused = await lacks[method](path);
        expect(`${method} ${path} ${refused.status}`).toBe(`${method} ${path} 403`);
        expect(refused.body.detail).toContain(`lacks "${permission}"`);
      }
    },
  );

  test("knows no row of another organisation, nor one that nobody has", async () => {
    const administrator = muster.as(muster.administrator);
    const byId = (await guardedRoutes()).filter(
      ({ method, path }) => method === "get" && /[0-9a-f]{8}-/.test(path),
    );
    expect(byId.length).toBeGreaterThan(8);
    for (const { path } of byId) {
      const { status } = await administrator.get(path);
      expect(`${path} ${status}`).toBe(`${path} 404`);
    }
    const stranger = muster.as(await muster.createOrganisation("Fabrikam"));
    const { accountId } = muster.administrator;
    for (const { path } of byId) {
      const { status } = await stranger.get(path.replace(/[0-9a-f-]{36}/, accountId));
      expect(`${path} ${status}`).toBe(`${path} 404`);
    }
  });

  test("that changes something is refused when another site's page asks", async () => {
    const headers = { origin: "https://evil.example" };
    const administrator = muster.as(muster.administrator);
    for (const { method, path } of await everyRoute()) {
      if (method === "get") continue;
      const { status, body } = await administrator[method](path, undefined, headers);
      expect(`${method} ${path} ${status} ${body.title}`).toBe(
        `${method} ${path} 403 That request came from another site`,
      );
    }
  });
});

describe("what nothing serves", () => {
  test.each(["/api/v1/nothing", "/api/nothing", "/health/nothing"])(
    "%s is a problem, also for a browser",
    async (url) => {
      const { statusCode, headers } = await muster.app.inject({
        url,
        headers: { accept: "text/html" },
      });
      expect(statusCode).toBe(404);
      expect(headers["content-type"]).toContain("application/problem+json");
    },
  );

  test("/scim answers as SCIM does", async () => {
    const { statusCode, headers } = await muster.app.inject({
      url: `/scim/v2/${randomUUID()}/Nothing`,
      headers: { accept: "text/html" },
    });
    expect(statusCode).toBe(404);
    expect(headers["content-type"]).toContain("application/scim+json");
  });
});

describe("health and metrics", () => {
  test("live and ready", async () => {
    expect((await muster.app.inject("/health/live")).statusCode).toBe(200);
    expect((await muster.app.inject("/health/ready")).json()).toEqual({ status: "ready" });
  });

  test("durations are counted by the route's pattern, never by an id", async () => {
    await muster.as(muster.administrator).get(`/accounts/${muster.administrator.accountId}`);
    const { body, headers } = await muster.app.inject("/metrics");
    expect(headers["content-type"]).toContain("text/plain");
    expect(body).toContain('route="/api/v1/accounts/:id",status="200"');
    expect(body).not.toContain(muster.administrator.accountId);
    expect(body).toMatch(/^database_connections \d/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d/m);
  });
});
