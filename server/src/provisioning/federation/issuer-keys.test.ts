import { decodeProtectedHeader, jwtVerify, type FlattenedJWSInput } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startIssuer } from "../../../test/support/issuer.ts";
import { fetchKeys } from "./fetch-keys.ts";
import { createIssuerKeys } from "./issuer-keys.ts";
import { keysRule } from "./keys-rule.ts";

let issuer: Awaited<ReturnType<typeof startIssuer>>;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => issuer.answerWith());

const keysOf = (pace = {}) => createIssuerKeys(keysRule([issuer.host]), pace);
const verify = async (keys: ReturnType<typeof keysOf>, token: string, keysUrl = issuer.keysUrl) =>
  jwtVerify(token, keys({ keysUrl, keys: null }));
const fetchesOf = async (work: () => Promise<unknown>) => {
  const before = issuer.fetches();
  await work();
  return issuer.fetches() - before;
};

describe("the keys of an issuer", () => {
  test("are fetched once, by however many at once", async () => {
    const keys = keysOf();
    const token = await issuer.sign({});
    const fetches = await fetchesOf(async () => {
      await Promise.all(Array.from({ length: 20 }, () => verify(keys, token)));
      await verify(keys, token);
    });
    expect(fetches).toBe(1);
  });

  test("that are new are fetched when one is first named; a key nobody has, once more", async () => {
    const keys = keysOf({ cooldownMs: 0 });
    await verify(keys, await issuer.sign({}));
    await issuer.addKey("second");
    expect(await fetchesOf(async () => verify(keys, await issuer.sign({})))).toBe(1);
    const unknown = await issuer.sign({}, {}, await issuer.makeKey("unknown"));
    const fetches = await fetchesOf(() =>
      expect(verify(keys, unknown)).rejects.toThrow(/no applicable key/),
    );
    expect(fetches).toBe(1);
  });

  test("are not fetched again and again for keys that nobody has", async () => {
    const keys = keysOf();
    await verify(keys, await issuer.sign({}));
    const unknown = await issuer.sign({}, {}, await issuer.makeKey("unknown"));
    const fetches = await fetchesOf(async () => {
      for (let tries = 0; tries < 10; tries += 1)
        await expect(verify(keys, unknown)).rejects.toThrow(/no applicable key/);
    });
    expect(fetches).toBe(0);
  });

  test("are forgotten when many bytes of others came since, and not before", async () => {
    issuer.answerWith((response) =>
      response.end(JSON.stringify(issuer.jwks()) + " ".repeat(100_000)),
    );
    const token = await issuer.sign({});
    const fetchesWithin = async (mostBytes: number) => {
      const keys = keysOf({ mostBytes });
      return fetchesOf(async () => {
        for (const path of ["a", "b", "c", "a"])
          await verify(keys, token, `${issuer.keysUrl}/${path}`);
      });
    };
    expect(await fetchesWithin(250_000)).toBe(4);
    expect(await fetchesWithin(350_000)).toBe(3);
  });

  test.each<[string, RegExp, Parameters<typeof issuer.answerWith>[0]]>([
    [
      "a redirect, which is not followed",
      /answered 302/,
      (response) => response.writeHead(302, { location: issuer.keysUrl }).end(),
    ],
    ["an error", /answered 500/, (response) => response.writeHead(500).end("{}")],
    ["too much", /more than 262144 bytes/, (response) => response.end(" ".repeat(300_000))],
    [
      "a body that does not end",
      /more than 262144 bytes/,
      (response) => {
        const send = () => response.write("a".repeat(65_536), () => setImmediate(send));
        send();
      },
    ],
    ["nothing", /did not answer in time/, () => {}],
    ["half of it, and no more", /did not answer in time/, (response) => void response.write("{")],
    ["a broken connection", /cannot be reached/, (response) => response.destroy()],
    ["no JSON", /Failed to parse/, (response) => response.end("<html>")],
    ["no keys", /malformed/i, (response) => response.end("[]")],
  ])("cannot be had from %s", async (_what, why, answer) => {
    issuer.answerWith(answer);
    const keys = keysOf({ timeoutMs: 400 });
    const fetches = await fetchesOf(async () =>
      expect(verify(keys, await issuer.sign({}))).rejects.toThrow(why),
    );
    expect(fetches).toBe(1);
    issuer.answerWith();
    expect((await verify(keys, await issuer.sign({}))).protectedHeader.alg).toBe("RS256");
  });

  test("are not asked for in a private network, by address or by name", async () => {
    const keys = createIssuerKeys(keysRule([]));
    const token = await issuer.sign({});
    const { port } = new URL(issuer.keysUrl);
    const fetches = await fetchesOf(async () => {
      for (const url of [issuer.keysUrl, `https://localhost:${port}/`])
        await expect(verify(keys, token, url), url).rejects.toThrow(/https|private network/);
    });
    expect(fetches).toBe(0);
  });

  test("are not asked for where a name leads into a private network", async () => {
    const rule = keysRule([]);
    const { port } = new URL(issuer.keysUrl);
    const url = new URL(`http://localhost:${port}/keys`);
    const signal = AbortSignal.timeout(5000);
    const asked = (isAllowed?: true) =>
      fetchKeys(
        url,
        {
          refusal: () => undefined,
          mayBeAt: (host, address) => isAllowed ?? rule.mayBeAt(host, address),
        },
        signal,
      );
    const fetches = await fetchesOf(() => expect(asked()).rejects.toThrow(/private/));
    expect(fetches).toBe(0);
    expect((await asked(true)).length).toBeGreaterThan(0);
  });

  test("that were given are asked of nobody", async () => {
    const keys = createIssuerKeys(keysRule([]));
    const token = await issuer.sign({});
    const key = keys({ keysUrl: null, keys: issuer.jwks() });
    const found = await key(
      decodeProtectedHeader(token) as { alg: string },
      {} as FlattenedJWSInput,
    );
    expect(found).toMatchObject({ type: "public" });
  });
});
