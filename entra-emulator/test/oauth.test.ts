import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runTestConnection } from "../src/index.ts";
import type { OAuthClient } from "../src/index.ts";
import { openScimClient, TransportFailure } from "../src/scim/client.ts";

type Asked = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly form: Readonly<Record<string, string>>;
};

/** A target and its token endpoint: the n-th token is "token n", and what `taken` names is taken. */
let asked: Asked[];
let given: number;
let expiresIn: unknown;
let taken: (token: string) => boolean;
let answerAtEndpoint: (() => { status: number; text: string; retryAfter?: string }) | undefined;
let origin: string;
let close: () => Promise<unknown>;

beforeEach(async () => {
  [asked, given, expiresIn, taken, answerAtEndpoint] = [[], 0, 3600, () => true, undefined];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { authorization, "content-type": type } = request.headers;
      const path = request.url ?? "";
      asked.push({
        path,
        authorization,
        type,
        form: Object.fromEntries(new URLSearchParams(text)),
      });
      if (path !== "/oauth2/token")
        return response
          .writeHead(taken(authorization?.replace("Bearer ", "") ?? "") ? 200 : 401)
          .end('{"totalResults":0,"Resources":[]}');
      const otherwise = answerAtEndpoint?.();
      if (otherwise !== undefined)
        return response
          .writeHead(otherwise.status, { "retry-after": otherwise.retryAfter ?? "0" })
          .end(otherwise.text);
      given += 1;
      return response.end(
        JSON.stringify({
          access_token: `token ${given}`,
          token_type: "Bearer",
          expires_in: expiresIn,
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
});
afterEach(() => close());

const clientOf = (more: Partial<OAuthClient> = {}): OAuthClient => ({
  tokenEndpoint: `${origin}/oauth2/token`,
  clientId: "contoso",
  clientSecret: "s3cret",
  sentIn: "header",
  ...more,
});

/** Sends some requests at once, so many times. */
const send = async ({ client = clientOf(), times = 1, atOnce = 1 } = {}) => {
  const scim = openScimClient({ base: `${origin}/scim/v2`, client });
  try {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const calls = Array.from({ length: atOnce }, () =>
        scim.send({ verb: "GET", path: "/Users" }),
      );
      statuses.push(...(await Promise.all(calls)).map(({ status }) => status));
    }
    return statuses;
  } finally {
    scim.close();
  }
};
const asksForTokens = () => asked.filter(({ path }) => path === "/oauth2/token");

const basic = "Basic Y29udG9zbzpzM2NyZXQ=";
const inBody = { client_id: "contoso", client_secret: "s3cret" };
const grant = { grant_type: "client_credentials" };
test.each([
  ["header", basic, grant],
  ["body", undefined, { ...grant, ...inBody }],
  ["both", basic, { ...grant, ...inBody }],
] as const)("credentials in the %s", async (sentIn, authorization, form) => {
  expect(await send({ client: clientOf({ sentIn }) })).toEqual([200]);
  expect(asked[0]).toEqual({
    path: "/oauth2/token",
    authorization,
    type: "application/x-www-form-urlencoded",
    form,
  });
  expect(asked[1]?.authorization).toBe("Bearer token 1");
});

test("a scope goes along, and what a header could not hold is encoded", async () => {
  const client = clientOf({ clientId: "a:b", clientSecret: "c d+é", scope: "scim/.default" });
  await send({ client });
  expect(asked[0]?.form).toEqual({ ...grant, scope: "scim/.default" });
  const sent = Buffer.from(asked[0]?.authorization?.slice(6) ?? "", "base64").toString();
  expect(sent).toBe("a%3Ab:c+d%2B%C3%A9");
});

test("one token serves many requests, also those that wait for it together", async () => {
  await send({ atOnce: 20, times: 3 });
  expect(asksForTokens()).toHaveLength(1);
});

test("another is asked for before a token ends", async () => {
  expiresIn = "0.2";
  const slow = openScimClient({ base: `${origin}/scim/v2`, client: clientOf() });
  await slow.send({ verb: "GET", path: "/Users" });
  await new Promise((resolve) => setTimeout(resolve, 185));
  await slow.send({ verb: "GET", path: "/Users" });
  slow.close();
  expect(asked.map(({ authorization }) => authorization)).toEqual([
    basic,
    "Bearer token 1",
    basic,
    "Bearer token 2",
  ]);
});

test("a token that the target no longer takes is replaced, once", async () => {
  taken = (token) => token !== "token 1";
  expect(await send({ atOnce: 10 })).toEqual(Array.from({ length: 10 }, () => 200));
  expect(asksForTokens()).toHaveLength(2);
  taken = () => false;
  asked = [];
  expect(await send()).toEqual([401]);
  expect(asksForTokens()).toHaveLength(2);
});

test.each([
  ["wrong credentials", 401, '{"error":"invalid_client"}'],
  ["a grant that is not known", 400, '{"error":"unsupported_grant_type"}'],
  ["an address that is no token endpoint", 404, "<html>"],
  ["an answer without a token", 200, '{"token_type":"Bearer"}'],
  ["an answer that is no JSON", 200, "<html>"],
])("%s fail Test Connection with what the endpoint said", async (_what, status, text) => {
  answerAtEndpoint = () => ({ status, text });
  const connection = { url: `${origin}/scim/v2`, client: clientOf() };
  const { isSuccessful, probes } = await runTestConnection(connection);
  expect(isSuccessful).toBe(false);
  expect(probes).toMatchObject([{ kind: "User", status: 401 }]);
  expect(probes[0]?.problem).toContain(`invalid credentials`);
  expect(probes[0]?.problem).toContain(text);
});

test("a token endpoint that is busy is asked again when it says", async () => {
  answerAtEndpoint = () => {
    answerAtEndpoint = undefined;
    return { status: 429, text: "", retryAfter: "0" };
  };
  expect(await send()).toEqual([200]);
  expect(asksForTokens()).toHaveLength(2);
});

test("a token endpoint that is not there is a failure on the way, with its address", async () => {
  const client = clientOf({ tokenEndpoint: "http://127.0.0.1:1/oauth2/token" });
  const failure = await send({ client }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TransportFailure);
  expect(String(failure)).toContain("http://127.0.0.1:1/oauth2/token");
});
