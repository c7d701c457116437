import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import { composeModules, createApp, type Modules } from "../app.ts";
import type { HttpServer } from "#http";
import { createAdministrator, ensureAdministrator } from "./create-administrator.ts";
import { createSetupLink } from "./set-up.ts";

const url = "http://localhost:3000";
const password = "correct horse, 12 staples";

let modules: Modules;
let app: HttpServer;
beforeEach(async () => {
  const logger = pino({ level: "silent" });
  modules = composeModules({ database: await createTestDatabase(), url, logger });
  app = await createApp(modules, logger);
});
afterEach(async () => {
  await app.close();
  await modules.database.close();
});

const makeToken = async () =>
  new URL((await createSetupLink(modules.access)) ?? url).searchParams.get("token") ?? "";

const look = async (token: string) =>
  (await app.inject({ url: "/api/v1/setup", query: { token } })).json<object>();

const complete = async (token: string, more: object = {}) => {
  const response = await app.inject({
    method: "POST",
    url: "/api/v1/setup",
    headers: { origin: url },
    payload: {
      token,
      organisation: "Contoso",
      name: "Dana Reyes",
      email: "dana@contoso.test",
      password,
      ...more,
    },
  });
  return { status: response.statusCode, body: response.json(), headers: response.headers };
};

const signIn = async (email: string, secret = password) =>
  app.inject({
    method: "POST",
    url: "/api/v1/sign-in",
    headers: { origin: url },
    payload: { email, password: secret },
  });

describe("the set-up link", () => {
  test("makes the organisation, its super tenant, roles, statuses and first administrator, who is in", async () => {
    const token = await makeToken();
    expect(await look(token)).toEqual({ needed: true, valid: true });
    const { status, body, headers } = await complete(token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account: { name: "Dana Reyes", email: "dana@contoso.test" },
      organisation: { name: "Contoso" },
      tenant: { name: "Contoso", isSuper: true },
      role: { key: "administrator" },
    });
    const cookie = String(headers["set-cookie"]).split(";", 1)[0];
    const get = async (path: string) =>
      (await app.inject({ url: `/api/v1${path}`, headers: { cookie } })).json();
    const roles = (await get("/roles")).items.map(({ key }: { key: string }) => key);
    expect(roles).toEqual(["administrator", "editor", "viewer", "loanee"]);
    const statuses = (await get("/asset-statuses")).items;
    expect(statuses.map(({ name }: { name: string }) => name)).toContain("Ready to deploy");
    const history = (await get(`/accounts/${body.account.id}/history`)).items;
    expect(history.at(-1).cause.sentence).toBe("Dana Reyes set up Muster with the one-time link");
    expect((await signIn("dana@contoso.test")).statusCode).toBe(200);
  });

  test("is worthless once a newer start made another", async () => {
    const first = await makeToken();
    const second = await makeToken();
    expect(await look(first)).toEqual({ needed: true, valid: false });
    expect(await complete(first)).toMatchObject({
      status: 403,
      body: { title: "That set-up link is not valid" },
    });
    expect((await complete(second)).status).toBe(200);
  });

  test("of several at once, one gets it and the others are told", async () => {
    const token = await makeToken();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        complete(token, { email: `dana${index}@contoso.test` }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
    const { rows } = await modules.database.pool.query(
      "select count(distinct org_id)::int, count(*)::int as names from sign_in_names",
    );
    expect(rows).toEqual([{ count: 1, names: 1 }]);
  });

  test("is used up, and no other is made", async () => {
    const token = await makeToken();
    await complete(token);
    expect(await look(token)).toEqual({ needed: false, valid: false });
    expect((await complete(token)).status).toBe(409);
    expect(await createSetupLink(modules.access)).toBeUndefined();
  });

  test("outlives what cannot be used, and says which field", async () => {
    const token = await makeToken();
    expect((await complete(token, { password: "short" })).body.errors).toMatchObject([
      { path: "password" },
    ]);
    expect((await complete(token, { email: "dana" })).body.errors).toMatchObject([
      { path: "email" },
    ]);
    expect((await complete(token, { organisation: " " })).body.errors).toMatchObject([
      { path: "organisation" },
    ]);
    expect((await complete(token, { name: "Da\u0000na" })).status).toBe(400);
    expect((await complete(token)).status).toBe(200);
  });

  test.each(["", "x", "%00", "a".repeat(200)])("%s is none", async (token) => {
    await makeToken();
    expect(await look(token)).toEqual({ needed: true, valid: false });
    expect((await complete(token)).status).toBe(403);
  });
});

describe("an administrator without the console", () => {
  const headless = { email: "ops@contoso.test", password, because: "Made for a test" };

  test("comes with the first organisation", async () => {
    expect(
      await createAdministrator(modules.access, { ...headless, organisation: "Contoso" }),
    ).toBe("Contoso");
    expect((await signIn(headless.email)).json()).toMatchObject({
      organisation: { name: "Contoso" },
      role: { key: "administrator" },
    });
    expect(await createSetupLink(modules.access)).toBeUndefined();
  });

  test("joins the only organisation there is, or the one that is named", async () => {
    const access = modules.access;
    await createAdministrator(access, { ...headless, organisation: "Contoso" });
    expect(await createAdministrator(access, { ...headless, email: "two@contoso.test" })).toBe(
      "Contoso",
    );
    const third = { ...headless, email: "three@fabrikam.test", organisation: "Fabrikam" };
    expect(await createAdministrator(access, third)).toBe("Fabrikam");
    const fourth = { ...headless, email: "four@contoso.test" };
    await expect(createAdministrator(access, fourth)).rejects.toThrow(
      "There are several: Contoso, Fabrikam",
    );
    expect(await createAdministrator(access, { ...fourth, organisation: "contoso" })).toBe(
      "Contoso",
    );
  });

  test("is refused for an address that signs in already, a poor password, and what is no address", async () => {
    await createAdministrator(modules.access, headless);
    const create = (more: object) => createAdministrator(modules.access, { ...headless, ...more });
    await expect(create({ email: "OPS@contoso.test" })).rejects.toThrow(
      "It is an account of My organisation",
    );
    await expect(create({ email: "other@contoso.test", password: "short" })).rejects.toThrow(
      "at least 12",
    );
    await expect(create({ email: "ops" })).rejects.toThrow("is not one");
  });

  test("from the environment is made once, by however many nodes, and then left as it is", async () => {
    await Promise.all(
      Array.from({ length: 4 }, () => ensureAdministrator(modules.access, headless)),
    );
    await ensureAdministrator(modules.access, { ...headless, password: "another good password" });
    const { rows } = await modules.database.pool.query("select email_key from sign_in_names");
    expect(rows).toEqual([{ email_key: "ops@contoso.test" }]);
    expect((await signIn(headless.email)).statusCode).toBe(200);
    expect((await signIn(headless.email, "another good password")).statusCode).toBe(401);
  });
});
