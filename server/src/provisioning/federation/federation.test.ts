import { SignJWT, UnsecuredJWT, exportSPKI, importJWK, type CryptoKey } from "jose";
import { query } from "#database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { startIssuer } from "../../../test/support/issuer.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let editor: Person;
let stranger: Person;

beforeAll(async () => {
  issuer = await startIssuer();
  product = await createTestApp({ edge: { privateIssuers: [issuer.host] } });
  editor = await product.createPerson("editor");
  stranger = await product.createOrganisation("Fabrikam");
});
afterAll(async () => {
  await product.close();
  await issuer.close();
});

let count = 0;
beforeEach(async () => {
  issuer.answerWith();
  count += 1;
  entra = await createTestConnection(product, `Federated ${count}`);
});

const admin = () => product.as(product.administrator);
const path = () => `/connections/${entra.connectionId}/federated-credentials`;
const subject = "7d0f5b0e-0000-4000-8000-00000000000a";
const audience = "api://019abc";
const identity = () => ({ label: "Entra", issuer: issuer.issuer, subject, audience });

const trust = async (more: object = { keysUrl: issuer.keysUrl }): Promise<string> => {
  const { status, body } = await admin().post(path(), { ...identity(), ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.items[0].id;
};

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const claims = (more: object = {}) => ({
  iss: issuer.issuer,
  sub: subject,
  aud: audience,
  iat: inSeconds(0),
  exp: inSeconds(3900),
  ...more,
});

const ask = async (assertion: string, { form = {}, from = "203.0.113.5" } = {}) => {
  const response = await product.app.inject({
    method: "POST",
    url: "/oauth2/token",
    remoteAddress: from,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: entra.connectionId,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
      scope: "https://muster.test/.default",
      ...form,
    }).toString(),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
};
const call = (token: string) =>
  entra.send("GET", "/Users?count=0", undefined, { authorization: `Bearer ${token}` });

describe("an assertion", () => {
  test("gets an access token, by keys at an address and by keys that were given", async () => {
    await trust();
    const { status, headers, body } = await ask(await issuer.sign(claims()));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^msa_/),
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect(headers["cache-control"]).toBe("no-store");
    expect((await call(body.access_token)).status).toBe(200);
    // It is used once more: it stays good until it ends, and several an hour may be asked for.
    const again = await issuer.sign(claims({ aud: ["api://other", audience] }));
    expect((await ask(again)).status).toBe(200);
    expect((await ask(again)).status).toBe(200);

    entra = await createTestConnection(product, "Federated by given keys");
    await trust({ keys: issuer.jwks() });
    const given = await ask(await issuer.sign(claims()));
    expect((await call(given.body.access_token)).status).toBe(200);
    expect((await call(body.access_token)).status).toBe(401);
    await expect
      .poll(async () => (await admin().get(path())).body.items[0].lastUsedAt)
      .toEqual(expect.any(String));
  });

  test("works until its credential is revoked, with the access tokens it gave", async () => {
    const id = await trust();
    const assertion = await issuer.sign(claims());
    const { body } = await ask(assertion);
    expect((await admin().delete(`${path()}/${id}`)).status).toBe(204);
    expect((await admin().delete(`${path()}/${id}`)).status).toBe(404);
    expect((await call(body.access_token)).body.detail).toContain("revoked");
    expect((await ask(assertion)).body.error_description).toContain("was revoked");
    await trust();
    expect((await ask(assertion)).status).toBe(200);
  });

  /** A right one, under another header. */
  const reheaded = async (header: string) => {
    const [, payload, signature] = (await issuer.sign(claims())).split(".");
    return [Buffer.from(header).toString("base64url"), payload, signature].join(".");
  };

  type Case = [what: string, why: RegExp, make: () => Promise<string> | string];
  test.each<Case>([
    ["of another issuer", /issuer/, () => issuer.sign(claims({ iss: `${issuer.issuer}/` }))],
    ["without an issuer", /issuer/, () => issuer.sign(claims({ iss: undefined }))],
    ["of another subject", /subject/, () => issuer.sign(claims({ sub: subject.toUpperCase() }))],
    ["for another audience", /audience/, () => issuer.sign(claims({ aud: "api://other" }))],
    ["for nobody", /audience/, () => issuer.sign(claims({ aud: [] }))],
    ["that has expired", /has expired/, () => issuer.sign(claims({ exp: inSeconds(-61) }))],
    ["that never expires", /does not say when/, () => issuer.sign(claims({ exp: undefined }))],
    [
      "that lives for long",
      /longer than a day/,
      () => issuer.sign(claims({ exp: inSeconds(90_000) })),
    ],
    ["that is not valid yet", /not valid yet/, () => issuer.sign(claims({ nbf: inSeconds(120) }))],
    ["that nobody signed", /alg is none of/, () => new UnsecuredJWT(claims()).encode()],
    [
      "with alg none and somebody else's signature",
      /alg is none of/,
      () => reheaded('{"alg":"none","kid":"first"}'),
    ],
    [
      "signed with the public key as if it were a secret (HS256)",
      /alg is none of/,
      async () => {
        const key = (await importJWK(issuer.jwks().keys[0]!, "RS256")) as CryptoKey;
        const secret = new TextEncoder().encode(await exportSPKI(key));
        return new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: "first" })
          .sign(secret);
      },
    ],
    [
      "signed with another key that says it is the issuer's",
      /signature of the assertion is wrong/,
      async () => issuer.sign(claims(), {}, await issuer.makeKey("first")),
    ],
    [
      "signed with a key that the issuer does not have",
      /none of its issuer's/,
      async () => issuer.sign(claims(), {}, await issuer.makeKey("unknown")),
    ],
    [
      "that says it is signed otherwise than it is",
      /cannot be checked|none of its issuer's/,
      () => reheaded('{"alg":"ES256","kid":"first"}'),
    ],
    [
      "whose claims were changed",
      /signature of the assertion is wrong/,
      async () => {
        const [header, , signature] = (await issuer.sign(claims({ sub: "somebody" }))).split(".");
        return [
          header,
          Buffer.from(JSON.stringify(claims())).toString("base64url"),
          signature,
        ].join(".");
      },
    ],
    [
      "with demands we do not know (crit)",
      /cannot be checked/,
      () => reheaded('{"alg":"RS256","kid":"first","crit":["pay"],"pay":1}'),
    ],
    ["that is none", /no JSON Web Token/, () => "a.b.c"],
    ["that is empty but for dots", /no JSON Web Token/, () => ".."],
    ["that is five parts", /no JSON Web Token/, () => "e30.e30.e30.e30.e30"],
  ])("%s is refused, and the page says when, from where and why", async (_what, why, make) => {
    await trust();
    const assertion = await make();
    const { status, headers, body } = await ask(assertion, { from: "203.0.113.66" });
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toMatch(/^Basic/);
    expect(body).toEqual({
      error: "invalid_client",
      error_description: expect.stringMatching(why),
    });
    const seen = async () =>
      (await admin().get(`/connections/${entra.connectionId}/arrivals`)).body;
    await expect.poll(async () => (await seen()).lastRefusedFrom).toBe("203.0.113.66");
    expect((await seen()).lastRefusedReason).toMatch(why);
    // The issuer is asked for nothing more, and the right one goes on.
    expect((await ask(await issuer.sign(claims()))).status).toBe(200);
  });

  test("is refused where the connection lets no identity in", async () => {
    const { status, body } = await ask(await issuer.sign(claims()));
    expect([status, body.error_description]).toEqual([
      401,
      "The connection has no federated credential. Make one in Muster.",
    ]);
  });

  test("wrong too often is 429, and the right one is not held up", async () => {
    await trust();
    const wrong = await issuer.sign(claims({ sub: "somebody" }));
    const from = "198.51.100.20";
    const statuses = await Promise.all(
      Array.from({ length: 15 }, async () => (await ask(wrong, { from })).status),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect((await ask(wrong, { from })).headers["retry-after"]).toMatch(/^\d+$/);
    expect((await ask(await issuer.sign(claims()), { from })).status).toBe(200);
  });

  test("is 503 while the issuer's keys cannot be had, which is nobody's wrong credential", async () => {
    // At an address that nobody has fetched.
    await trust({ keysUrl: `${issuer.keysUrl}/${count}` });
    issuer.answerWith((response) => response.writeHead(502).end());
    const assertion = await issuer.sign(claims());
    for (let tries = 0; tries < 12; tries += 1) {
      const { status, headers, body } = await ask(assertion, { from: "198.51.100.21" });
      expect([status, headers["retry-after"]]).toEqual([503, "30"]);
      expect(body.error).toBe("temporarily_unavailable");
      expect(body.error_description).toContain("answered 502");
    }
    issuer.answerWith();
    expect((await ask(assertion)).status).toBe(200);
  });

  test.each<[string, number, string, object]>([
    ["without the client's id", 401, "invalid_client", { client_id: "" }],
    ["of an unknown client", 401, "invalid_client", { client_id: subject }],
    ["beside a secret", 400, "invalid_request", { client_secret: "msc_x" }],
    ["of another type", 400, "invalid_request", { client_assertion_type: "saml2-bearer" }],
    ["without a type", 400, "invalid_request", { client_assertion_type: "" }],
    ["that is missing", 400, "invalid_request", { client_assertion: "" }],
  ])("%s is refused: %d %s", async (_what, status, error, form) => {
    await trust();
    const answer = await ask(await issuer.sign(claims()), { form });
    expect(answer).toMatchObject({ status, body: { error } });
  });
});

describe("of Entra", () => {
  const tenant = "11111111-2222-4333-8444-555555555555";
  const entraIssuer = `https://login.microsoftonline.com/${tenant}/v2.0`;

  test("the tenant must be that of the issuer: all tenants share the same keys", async () => {
    await trust({ issuer: entraIssuer, keys: issuer.jwks() });
    const of = (tid?: string) => issuer.sign(claims({ iss: entraIssuer, tid }));
    expect((await ask(await of(tenant))).status).toBe(200);
    for (const tid of ["99999999-2222-4333-8444-555555555555", undefined])
      expect((await ask(await of(tid))).body.error_description).toContain("tid");
  });
});

describe("federated credentials", () => {
  test("are seen and made by who may, in their own organisation", async () => {
    const id = await trust();
    const routes: ["get" | "post" | "delete", string, object?][] = [
      ["get", path()],
      ["post", path(), { ...identity(), keysUrl: issuer.keysUrl }],
      ["delete", `${path()}/${id}`],
    ];
    for (const [method, route, body] of routes) {
      expect((await product.as(null)[method](route, body)).status).toBe(401);
      expect((await product.as(editor)[method](route, body)).status).toBe(403);
      expect((await product.as(stranger)[method](route, body)).status).toBe(404);
    }
    const { items } = (await admin().get(path())).body;
    expect(items).toMatchObject([
      { id, ...identity(), keysUrl: issuer.keysUrl, keyIds: [], state: "live", lastUsedAt: null },
    ]);
    // They are no tokens and no secrets, and are ended as what they are.
    for (const kind of ["tokens", "client-secrets"]) {
      const other = `/connections/${entra.connectionId}/${kind}`;
      const ids = (await admin().get(other)).body.items.map((item: Loose) => item.id);
      expect(ids).not.toContain(id);
      expect((await admin().delete(`${other}/${id}`)).status).toBe(404);
    }
  });

  test("live two at a time, also when three are made at once", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin().post(path(), { ...identity(), keys: issuer.jwks() })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 409]);
  });

  test("are in the ledger, with what was agreed and no key", async () => {
    const id = await trust({ keys: issuer.jwks() });
    await admin().delete(`${path()}/${id}`);
    const { items } = (await admin().get(`/ledger?subjectId=${entra.connectionId}`)).body;
    const entries = items.filter(({ action }: Loose) => action.includes("federated"));
    expect(entries.map(({ sentence }: Loose) => sentence)).toEqual([
      'Federated credential "Entra" revoked',
      'Federated credential "Entra" made',
    ]);
    const { after } = entries[1];
    expect(after).toEqual({ ...identity(), keysUrl: null, keyIds: ["first"] });
  });

  type Bad = [what: string, why: RegExp, more: () => object];
  test.each<Bad>([
    ["no keys", /one of both/, () => ({})],
    ["both", /one of both/, () => ({ keysUrl: issuer.keysUrl, keys: issuer.jwks() })],
    ["an address by http", /https/, () => ({ keysUrl: "http://issuer.example/keys" })],
    ["a host with a dot at its end", /dot at the end/, () => ({ keysUrl: "https://localhost./" })],
    ["a private address", /private network/, () => ({ keysUrl: "https://10.0.0.1/keys" })],
    ["a secret key", /secret/, () => ({ keys: { keys: [{ kty: "oct", k: "AAAA" }] } })],
    [
      "a private key",
      /secret/,
      () => ({ keys: { keys: [{ ...issuer.jwks().keys[0], d: "AAAA" }] } }),
    ],
    ["no key", /no public key/, () => ({ keys: { keys: [{ kty: "RSA", n: "x" }] } })],
    ["a hostile key", /no public key/, () => ({ keys: { keys: [{ kty: 7, __proto__: null }] } })],
    [
      "a short key",
      /too short/,
      () => ({
        keys: {
          keys: [{ kty: "RSA", e: "AQAB", n: Buffer.alloc(128, 0xab).toString("base64url") }],
        },
      }),
    ],
    ["an empty set", /fewer/, () => ({ keys: { keys: [] } })],
    ["an issuer with a space", /issuer/, () => ({ keysUrl: issuer.keysUrl, issuer: " x" })],
  ])("with %s are refused: %s", async (_what, why, more) => {
    const { status, body } = await admin().post(path(), { ...identity(), ...more() });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(why);
    const rows = await product.organisations.within(product.administrator.orgId, (tx) =>
      tx.run(
        query
          .selectFrom("connectionTokens")
          .select("id")
          .where("connectionId", "=", entra.connectionId)
          .where("kind", "=", "federated"),
      ),
    );
    expect(rows).toEqual([]);
  });
});
