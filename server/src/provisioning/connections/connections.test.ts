import { query } from "#database";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let stranger: Person;
let editor: Person;

const admin = () => product.as(product.administrator);
const probe = '/Users?filter=userName+eq+"6f1c0d2e-4242-4000-8000-000000000000"';
const withToken = (token: string) =>
  entra.send("GET", probe, undefined, { authorization: `Bearer ${token}` });

/** What the page shows once everything noted behind the answers is written. */
const arrivals = async (until: (body: Loose) => boolean) => {
  for (let tries = 0; ; tries += 1) {
    const { body } = await admin().get(`/connections/${entra.connectionId}/arrivals`);
    if (until(body) || tries > 300) return body;
    await new Promise((done) => setTimeout(done, 30));
  }
};
const stateOf = (body: Loose, id: string) =>
  body.checks.find((one: { id: string }) => one.id === id)?.state;

beforeAll(async () => {
  product = await createTestApp();
  entra = await createTestConnection(product);
  stranger = await product.createOrganisation("Fabrikam");
  editor = await product.createPerson("editor");
});
afterAll(() => product.close());

describe("who may ask", () => {
  const routes = (): [
    method: "get" | "post" | "patch" | "delete",
    path: string,
    body?: object,
  ][] => [
    ["get", `/connections/${entra.connectionId}`],
    ["patch", `/connections/${entra.connectionId}`, { name: "Mine now" }],
    ["get", `/connections/${entra.connectionId}/tokens`],
    ["post", `/connections/${entra.connectionId}/tokens`, { label: "x" }],
    ["delete", `/connections/${entra.connectionId}/tokens/${entra.connectionId}`],
    ["get", `/connections/${entra.connectionId}/arrivals`],
  ];

  test("nobody without a session, nobody without the right, nobody of another organisation", async () => {
    for (const [method, path, body] of routes()) {
      expect((await product.as(null)[method](path, body)).status, path).toBe(401);
      expect((await product.as(editor)[method](path, body)).status, path).toBe(403);
      expect((await product.as(stranger)[method](path, body)).status, path).toBe(404);
    }
    expect((await product.as(stranger).get("/connections")).body.items).toEqual([]);
  });
});

describe("a name", () => {
  const make = (name: string) => admin().post("/connections", { name });
  const rename = (id: string, name: string) => admin().patch(`/connections/${id}`, { name });

  test("that is taken is refused with what to do, in any letter case; one's own is not", async () => {
    await make("Ünited Kingdom");
    const { id } = (await make("France")).body;
    for (const name of ["Ünited Kingdom", "ÜNITED kingdom"]) {
      const { status, body } = await rename(id, name);
      expect(status).toBe(409);
      expect(body.title).toBe("That name is taken");
      expect(body.detail).toBe(
        'There is a connection named "Ünited Kingdom" already. Give this one another name.',
      );
      expect((await make(name)).status).toBe(409);
    }
    expect((await admin().get(`/connections/${id}`)).body.name).toBe("France");
    expect((await rename(id, "FRANCE")).body.name).toBe("FRANCE");
    const { items } = (await admin().get(`/ledger?subjectId=${id}`)).body;
    const renames = items.filter(({ action }: Loose) => action === "connection.renamed");
    expect(renames).toMatchObject([{ sentence: "Connection renamed from France to FRANCE" }]);
  });

  test("two who take it at once do not both get it", async () => {
    const made = await Promise.all([make("Spain"), make("SPAIN"), make("spain")]);
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const two = [(await make("One")).body.id, (await make("Two")).body.id];
    const renamed = await Promise.all(two.map((id) => rename(id, "Italy")));
    expect(renamed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe("tokens", () => {
  test("are shown once, live two at a time, and end when revoked", async () => {
    const path = `/connections/${entra.connectionId}/tokens`;
    const second = await admin().post(path, { label: "Rotation", expiresAt: null });
    expect(second.status).toBe(201);
    expect(JSON.stringify((await admin().get(path)).body)).not.toContain(second.body.token);
    expect((await admin().post(path, { label: "Third" })).status).toBe(409);

    expect((await withToken(entra.token)).status).toBe(200);
    expect((await withToken(second.body.token)).status).toBe(200);
    expect((await admin().delete(`${path}/${second.body.item.id}`)).status).toBe(204);
    expect((await admin().delete(`${path}/${second.body.item.id}`)).status).toBe(404);
    const refused = await withToken(second.body.token);
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toBe("Bearer");
    expect(refused.body).toMatchObject({
      status: "401",
      detail: expect.stringContaining("was revoked"),
    });
  });

  test("two made at once do not make three", async () => {
    const { body } = await admin().post("/connections", { name: "Race" });
    const path = `/connections/${body.id}/tokens`;
    const answers = await Promise.all(
      [1, 2, 3].map((n) => admin().post(path, { label: `Token ${n}` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  test("expire", async () => {
    const path = `/connections/${entra.connectionId}/tokens`;
    expect(
      (await admin().post(path, { label: "Past", expiresAt: "2020-01-01T00:00:00Z" })).status,
    ).toBe(400);
    const future = { label: "Future", expiresAt: "2100-01-01T00:00:00Z" };
    const { body } = await admin().post(path, future);
    expect((await withToken(body.token)).status).toBe(200);
    await product.organisations.within(product.administrator.orgId, (tx) =>
      tx.run(
        query
          .updateTable("connectionTokens")
          .set({ expiresAt: sql`now()` })
          .where("id", "=", body.item.id),
      ),
    );
    expect((await withToken(body.token)).body.detail).toContain("expired");
  });

  test.each([
    ["no header", undefined],
    ["another scheme", "Basic YTpi"],
    ["a made-up token", "Bearer mst_nonsense"],
    ["a token with a quote", "Bearer ' or 1=1"],
  ])("%s is 401 with words for the administrator", async (_what, authorization) => {
    const answer = await entra.send(
      "GET",
      probe,
      undefined,
      authorization ? { authorization } : { authorization: "" },
    );
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toBe("application/scim+json; charset=utf-8");
    expect(answer.body.detail).toContain("Settings › Integrations › SCIM");
  });

  test("one connection's token opens no other", async () => {
    const other = await createTestConnection(product, "Other");
    const foreign = await createTestConnection(product, "Foreign", stranger);
    for (const { token } of [other, foreign]) expect((await withToken(token)).status).toBe(401);
  });
});

describe("what has arrived", () => {
  test("the strip follows: the first call, wrong credentials, people, groups, checks", async () => {
    entra = await createTestConnection(product, "Fresh");
    const before = await arrivals(() => true);
    expect(before).toMatchObject({ firstRequestAt: null, users: 0, groups: 0 });
    expect(stateOf(before, "credentials")).toBe("todo");

    await withToken("mst_wrong");
    const refused = await arrivals((body) => body.lastRefusedAt !== null);
    expect(refused.lastRefusedReason).toContain("not one of this connection's");
    expect(stateOf(refused, "credentials")).toBe("warning");

    await withToken(entra.token);
    const tested = await arrivals((body) => body.testConnectionAt !== null);
    expect(stateOf(tested, "credentials")).toBe("done");

    const ana = await entra.createUser("ana@fresh.test");
    await entra.createGroup("Everybody", [ana]);
    const filled = await arrivals(
      (body) => body.groups === 1 && body.lastChange?.includes("Everybody"),
    );
    expect(filled).toMatchObject({ users: 1, activeUsers: 1, groups: 1, memberships: 1 });
    expect(stateOf(filled, "people")).toBe("done");
    expect(stateOf(filled, "group-mappings")).toBe("todo");
    expect(stateOf(filled, "mail")).toBe("todo");
    expect(filled.attributes).toContainEqual({ path: "displayName", people: 1 });
  });
});

describe("the provisioning log", () => {
  const log = async (
    search: string,
    until: (items: Loose[]) => boolean = (items) => items.length > 0,
  ) => {
    for (let tries = 0; ; tries += 1) {
      const { body } = await admin().get(
        `/provisioning-log?connectionId=${entra.connectionId}&${search}`,
      );
      if (until(body.items) || tries > 300) return body.items;
      await new Promise((done) => setTimeout(done, 30));
    }
  };

  test("has every request with its answer, and what it changed", async () => {
    entra = await createTestConnection(product, "Logged");
    const ana = await entra.createUser("ana@logged.test", {
      password: "hunter22222",
      favouriteColour: "teal",
    });
    const [created] = await log("outcome=created");
    expect(created).toMatchObject({
      method: "POST",
      path: "/Users",
      status: 201,
      summary: "Created ana",
      resource: { id: ana, name: "ana" },
      ignored: ["favouriteColour"],
    });
    const detail = (await admin().get(`/provisioning-log/${created.id}`)).body;
    expect(detail.request).toContain("ana@logged.test");
    expect(detail.request).not.toContain("hunter22222");
    expect(detail.response).toContain(ana);
    expect(detail.effects.map((effect: { action: string }) => effect.action).toSorted()).toEqual([
      "account.created",
      "user.created",
    ]);
  });

  test("is found by person, also where they were only a member", async () => {
    const ana = (await entra.send("GET", '/Users?filter=userName+eq+"ana@logged.test"')).body
      .Resources[0].id;
    await entra.createGroup("Finance", [ana]);
    const entries = await log(`personId=${ana}`, (items) =>
      items.some(({ path }) => path === "/Groups"),
    );
    expect(entries.map(({ summary }: { summary: string }) => summary)).toEqual(
      expect.arrayContaining(["Created the group Finance", "Created ana"]),
    );
  });

  test("tells refusals with the reason that was answered", async () => {
    await entra.send("POST", "/Users", { schemas: [], displayName: "No name" });
    const [refused] = await log("outcome=refused");
    expect(refused).toMatchObject({ status: 400, summary: expect.stringContaining("userName") });
  });
});
