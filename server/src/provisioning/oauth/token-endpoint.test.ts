import { query, type Query } from "#database";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

const probe = '/Users?filter=userName+eq+"6f1c0d2e-4242-4000-8000-000000000000"';

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let stranger: Person;
let editor: Person;

beforeAll(async () => {
  product = await createTestApp();
  stranger = await product.createOrganisation("Fabrikam");
  editor = await product.createPerson("editor");
});
afterAll(() => product.close());

const admin = () => product.as(product.administrator);
const secretsOf = (connection: { connectionId: string }) =>
  `/connections/${connection.connectionId}/client-secrets`;

let count = 0;
/** A connection of its own, with a client secret. */
const createClient = async (more: object = {}) => {
  count += 1;
  entra = await createTestConnection(product, `Client ${count}`);
  const { status, body } = await admin().post(secretsOf(entra), { label: "First", ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return {
    clientId: body.clientId as string,
    secret: body.secret as string,
    id: body.item.id as string,
  };
};

type Sent = {
  form?: object | string;
  basic?: [string, string];
  headers?: Record<string, string>;
  from?: string;
};

const askForToken = async ({ form = {}, basic, headers = {}, from = "203.0.113.9" }: Sent) => {
  const parameters =
    typeof form === "string"
      ? form
      : new URLSearchParams({ grant_type: "client_credentials", ...form }).toString();
  const response = await product.app.inject({
    method: "POST",
    url: "/oauth2/token",
    remoteAddress: from,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(basic && { authorization: `Basic ${Buffer.from(basic.join(":")).toString("base64")}` }),
      ...headers,
    },
    payload: parameters,
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
};

const getToken = async ({ clientId, secret }: { clientId: string; secret: string }) =>
  (await askForToken({ basic: [clientId, secret] })).body.access_token as string;
const call = (token: string, path = probe) =>
  entra.send("GET", path, undefined, { authorization: `Bearer ${token}` });
const inDatabase = <Row>(statement: Query<Row>) =>
  product.organisations.within(product.administrator.orgId, (tx) => tx.run(statement));
const arrivals = async () =>
  (await admin().get(`/connections/${entra.connectionId}/arrivals`)).body;

describe("an access token", () => {
  test("is given for the secret in the header, in the form, or in both, and opens the connection", async () => {
    const { clientId, secret } = await createClient();
    const form = { client_id: clientId, client_secret: secret, scope: "anything" };
    for (const sent of [
      { basic: [clientId, secret] as [string, string] },
      { form },
      { form, basic: [clientId, secret] as [string, string] },
      { form: { ...form, client_id: clientId.toUpperCase() } },
    ]) {
      const { status, headers, body } = await askForToken(sent);
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.stringMatching(/^msa_/),
        token_type: "Bearer",
        expires_in: 3600,
      });
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["content-type"]).toMatch(/^application\/json/);
      expect((await call(body.access_token)).status).toBe(200);
    }
    const created = await entra.send(
      "POST",
      "/Users",
      { userName: "ana@oauth.test" },
      { authorization: `Bearer ${await getToken({ clientId, secret })}` },
    );
    expect(created.status).toBe(201);
    // The connection's own tokens work beside.
    expect((await call(entra.token)).status).toBe(200);
  });

  test("opens no other connection, and the secret itself opens nothing", async () => {
    const other = await createClient();
    const otherToken = await getToken(other);
    const { secret } = await createClient();
    for (const token of [otherToken, secret, "msa_nonsense"]) {
      const { status, body } = await call(token);
      expect(status).toBe(401);
      expect(body.detail).toContain("not one of this connection's");
    }
  });

  test("ends after an hour", async () => {
    const token = await getToken(await createClient());
    await inDatabase(
      query
        .updateTable("accessTokens")
        .set({ expiresAt: sql`now()` })
        .where("connectionId", "=", entra.connectionId),
    );
    const { status, headers, body } = await call(token);
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBe("Bearer");
    expect(body.detail).toContain("The access token has expired");
  });

  test("ends with its secret, and only with its own", async () => {
    const first = await createClient();
    const { body } = await admin().post(secretsOf(entra), { label: "Second" });
    const firstToken = await getToken(first);
    const secondToken = await getToken({ ...first, secret: body.secret });
    expect((await admin().delete(`${secretsOf(entra)}/${first.id}`)).status).toBe(204);
    expect((await call(firstToken)).body.detail).toContain("revoked");
    expect((await call(secondToken)).status).toBe(200);
    const refused = await askForToken({ basic: [first.clientId, first.secret] });
    expect(refused).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect(refused.body.error_description).toContain("revoked");
  });

  test("that ended long ago is forgotten, and none is kept in clear", async () => {
    const client = await createClient();
    const old = await getToken(client);
    await inDatabase(
      query
        .updateTable("accessTokens")
        .set({ expiresAt: sql`now() - interval '2 hours'` })
        .where("connectionId", "=", entra.connectionId),
    );
    const fresh = await getToken(client);
    const rows = await inDatabase(
      query.selectFrom("accessTokens").selectAll().where("connectionId", "=", entra.connectionId),
    );
    expect(rows).toHaveLength(1);
    const kept = JSON.stringify([
      rows,
      await inDatabase(query.selectFrom("connectionTokens").selectAll()),
    ]);
    for (const text of [old, fresh, client.secret]) expect(kept).not.toContain(text);
  });
});

describe("wrong credentials", () => {
  test.each<[string, RegExp, (client: { clientId: string; secret: string }) => Sent]>([
    ["a wrong secret", /not one of this/, ({ clientId }) => ({ basic: [clientId, "msc_wr0ng"] })],
    [
      "a token for a secret",
      /not one of this/,
      ({ clientId }) => ({ basic: [clientId, entra.token] }),
    ],
  ])("%s: 401, and the page says when, from where and why, not what", async (_what, why, sent) => {
    const client = await createClient();
    const began = new Date().toISOString();
    const { status, headers, body } = await askForToken(sent(client));
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toMatch(/^Basic/);
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).toEqual({
      error: "invalid_client",
      error_description: expect.stringMatching(why),
    });
    await expect.poll(async () => (await arrivals()).lastRefusedFrom).toBe("203.0.113.9");
    const seen = await arrivals();
    expect(seen.lastRefusedAt >= began).toBe(true);
    expect(seen.lastRefusedReason).toMatch(why);
    const rows = JSON.stringify(
      await inDatabase(query.selectFrom("connectionActivity").selectAll()),
    );
    expect(rows).not.toContain("wr0ng");
    expect(rows).not.toContain(entra.token);
  });

  test("an expired secret gives none, but the tokens it gave live on", async () => {
    const client = await createClient({ expiresAt: "2100-01-01T00:00:00Z" });
    const token = await getToken(client);
    await inDatabase(
      query
        .updateTable("connectionTokens")
        .set({ expiresAt: sql`now()` })
        .where("id", "=", client.id),
    );
    const { status, body } = await askForToken({ basic: [client.clientId, client.secret] });
    expect([status, body.error_description]).toEqual([401, "The client secret has expired."]);
    expect((await call(token)).status).toBe(200);
  });

  test.each<[string, number, string, Sent]>([
    ["an unknown client", 401, "invalid_client", { basic: ["nobody", "msc_x"] }],
    ["a hostile client", 401, "invalid_client", { basic: ["' or 1=1 --\0", "\0"] }],
    ["no credentials", 401, "invalid_client", {}],
    [
      "a media type that is no form",
      400,
      "invalid_request",
      { headers: { "content-type": "application/json" } },
    ],
    ["too much", 400, "invalid_request", { form: "a".repeat(20_000) }],
    ["another grant", 400, "unsupported_grant_type", { form: { grant_type: "password" } }],
  ])("%s: %d %s", async (_what, status, error, sent) => {
    const answer = await askForToken(sent);
    expect(answer).toMatchObject({
      status,
      body: { error, error_description: expect.any(String) },
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("GET is 405: credentials have no place in an address", async () => {
    const response = await product.app.inject("/oauth2/token");
    expect([response.statusCode, response.headers["allow"]]).toEqual([405, "POST"]);
  });

  test("a refused SCIM call is shown with its address too", async () => {
    await createClient();
    await product.app.inject({
      url: `/scim/v2/${entra.connectionId}/Users`,
      remoteAddress: "203.0.113.77",
      headers: { authorization: "Bearer mst_wrong" },
    });
    await expect.poll(async () => (await arrivals()).lastRefusedFrom).toBe("203.0.113.77");
  });
});

describe("too many wrong credentials", () => {
  const guess = (clientId: string, from: string) =>
    askForToken({ basic: [clientId, `msc_${Math.random()}`], from });
  const guessAtOnce = async (clientId: string, addresses: readonly string[]) => {
    const answers = await Promise.all(addresses.map((from) => guess(clientId, from)));
    const with401 = answers.filter(({ status }) => status === 401);
    return { with401: with401.length, with429: answers.filter(({ status }) => status === 429) };
  };

  test("from one address are 429 with when to come back; the right secret is not held up", async () => {
    const { clientId, secret } = await createClient();
    const { with401, with429 } = await guessAtOnce(clientId, Array(40).fill("198.51.100.1"));
    expect([with401, with429.length]).toEqual([10, 30]);
    for (const { headers, body } of [...with429, await guess(clientId, "198.51.100.1")]) {
      expect(headers["retry-after"]).toMatch(/^\d{1,3}$/);
      expect(Number(headers["retry-after"])).toBeLessThanOrEqual(900);
      expect(body.error).toBe("invalid_client");
      expect(body.error_description).toMatch(/not one of this connection's.*in \d+ minutes/);
    }
    const right = { basic: [clientId, secret] as [string, string], from: "198.51.100.1" };
    expect((await askForToken(right)).status).toBe(200);
    // A network of IPv6 is one subscriber; other addresses, and other clients, go on as they were.
    expect((await guess(clientId, "198.51.100.2")).status).toBe(401);
    const other = await createClient();
    expect((await guess(other.clientId, "198.51.100.1")).status).toBe(401);
  });

  test("spread over many addresses are 429 too; the right secret is not held up", async () => {
    const { clientId, secret } = await createClient();
    const many = Array.from({ length: 40 }, (_, n) => `192.0.2.${n}`);
    expect(await guessAtOnce(clientId, many)).toMatchObject({ with401: 30 });
    expect((await guess(clientId, "192.0.2.99")).status).toBe(429);
    for (const from of ["192.0.2.1", "192.0.2.99", "192.0.2.100"])
      expect((await askForToken({ basic: [clientId, secret], from })).status).toBe(200);
  });

  test("of clients that there are not", async () => {
    const unknown = "019abc00-0000-7000-8000-000000000000";
    const addresses = Array.from({ length: 60 }, (_, n) => `2001:db8:7:7::${n.toString(16)}`);
    expect(await guessAtOnce(unknown, addresses)).toMatchObject({ with401: 50 });
    expect((await guess("nobody", "2001:db8:7:7:ffff::1")).status).toBe(429);
    expect((await guess("nobody", "2001:db8:7:8::1")).status).toBe(401);
  });
});

test("requests for tokens count as requests of their connection, and wait in its turn", async () => {
  const client = await createClient();
  const limit = { perSecond: 25, burst: 1 };
  const path = `/connections/${entra.connectionId}/request-limit`;
  expect((await admin().put(path, { limit })).status).toBe(200);
  await getToken(client);
  const right = { basic: [client.clientId, client.secret] as [string, string] };
  const answers = await Promise.all(Array.from({ length: 60 }, () => askForToken(right)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers, body } of refused) {
    expect(headers["retry-after"]).toMatch(/^\d+$/);
    expect(body.error).toBe("temporarily_unavailable");
    expect(body.error_description).toContain("limit");
  }
  // Who does not know the secret cannot use it up.
  const stranger = await askForToken({ basic: [client.clientId, "msc_x"], from: "198.51.100.9" });
  expect(stranger.status).toBe(401);
});

describe("client secrets", () => {
  test("nobody without a session, without the right, or of another organisation", async () => {
    const { id } = await createClient();
    const path = secretsOf(entra);
    const routes: ["get" | "post" | "delete", string, object?][] = [
      ["get", path],
      ["post", path, { label: "x" }],
      ["delete", `${path}/${id}`],
    ];
    for (const [method, route, body] of routes) {
      expect((await product.as(null)[method](route, body)).status).toBe(401);
      expect((await product.as(editor)[method](route, body)).status).toBe(403);
      expect((await product.as(stranger)[method](route, body)).status).toBe(404);
    }
  });

  test("are shown once, live two at a time, and say when they were used", async () => {
    const client = await createClient();
    const path = secretsOf(entra);
    const { body } = await admin().get(path);
    expect(body).toMatchObject({
      clientId: entra.connectionId,
      tokenEndpoint: "http://localhost:3000/oauth2/token",
      items: [{ id: client.id, label: "First", state: "live", lastUsedAt: null }],
    });
    expect(JSON.stringify(body)).not.toContain(client.secret);
    // They are no tokens, and a token is no secret.
    const tokens = await admin().get(`/connections/${entra.connectionId}/tokens`);
    expect(tokens.body.items.map(({ label }: Loose) => label)).toEqual(["First token"]);
    expect(
      (await admin().delete(`/connections/${entra.connectionId}/tokens/${client.id}`)).status,
    ).toBe(404);
    expect((await admin().delete(`${path}/${tokens.body.items[0].id}`)).status).toBe(404);

    await getToken(client);
    await expect
      .poll(async () => (await admin().get(path)).body.items[0].lastUsedAt)
      .toEqual(expect.any(String));
    expect(
      (await admin().post(path, { label: "Past", expiresAt: "2020-01-01T00:00:00Z" })).status,
    ).toBe(400);
    expect((await admin().post(path, { label: " " })).status).toBe(400);
    expect((await admin().delete(`${path}/${client.id}`)).status).toBe(204);
    expect((await admin().delete(`${path}/${client.id}`)).status).toBe(404);
    const entries = await inDatabase(query.selectFrom("ledger").select("sentence"));
    const said = entries.map(({ sentence }) => sentence);
    expect(said).toEqual(
      expect.arrayContaining(['Client secret "First" made', 'Client secret "First" revoked']),
    );
  });

  test("two made at once do not make three; tokens count apart", async () => {
    await createClient();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => admin().post(secretsOf(entra), { label: `Secret ${n}` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(
      (await admin().post(`/connections/${entra.connectionId}/tokens`, { label: "Token" })).status,
    ).toBe(201);
  });
});

test("ServiceProviderConfig names both ways", async () => {
  await createClient();
  const { body } = await call(entra.token, "/ServiceProviderConfig");
  expect(body.authenticationSchemes.map(({ type }: Loose) => type)).toEqual([
    "oauthbearertoken",
    "oauth2",
  ]);
});
