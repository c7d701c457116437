import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startIssuer } from "../../../test/support/issuer.ts";
import { OAuthError } from "../oauth/oauth-error.ts";
import { createIssuerKeys } from "./issuer-keys.ts";
import { keysRule } from "./keys-rule.ts";
import { verifyAssertion } from "./verify-assertion.ts";

let issuer: Awaited<ReturnType<typeof startIssuer>>;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const now = new Date("2026-11-25T12:00:00Z");
const inSeconds = (seconds: number) => now.getTime() / 1000 + seconds;
const agreed = () => ({ iss: issuer.issuer, sub: "provisioning", aud: "api://muster" });
const verify = (assertion: string) =>
  verifyAssertion(assertion, {
    credentials: [
      {
        id: "one",
        label: "One",
        createdAt: now,
        createdBy: null,
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
        issuer: issuer.issuer,
        subject: "provisioning",
        audience: "api://muster",
        keysUrl: null,
        keys: issuer.jwks(),
      },
    ],
    keysOf: createIssuerKeys(keysRule([])),
    now,
  });
const refusalOf = (assertion: string): Promise<unknown> =>
  verify(assertion).then(
    () => "none",
    (error: unknown) => error,
  );

describe("an assertion", () => {
  test.each([
    ["as it begins", { nbf: 0, exp: 3900 }],
    ["a minute early, by our clock", { nbf: 60, exp: 3900 }],
    ["less than a minute late", { exp: -59 }],
    ["of a day", { exp: 24 * 3600 }],
  ])("%s is right", async (_what, times) => {
    const claims = Object.fromEntries(
      Object.entries(times).map(([claim, seconds]) => [claim, inSeconds(seconds)]),
    );
    expect((await verify(await issuer.sign({ ...agreed(), ...claims }))).id).toBe("one");
  });

  test("that is signed but says anything else is refused, never an error of ours", async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(inSeconds(600), String(inSeconds(600)), 1e308, -1, 0.5, null),
    );
    const claims = fc.record({ exp: value, nbf: value, iat: value, tid: value, jti: value });
    await fc.assert(
      fc.asyncProperty(claims, async (some) => {
        const refusal = await refusalOf(await issuer.sign({ ...agreed(), ...some }));
        if (refusal !== "none") expect(refusal).toBeInstanceOf(OAuthError);
        else expect(some.exp).toBeTypeOf("number");
      }),
      { numRuns: 300 },
    );
  });

  test("of any header and any claims, signed by nobody, is refused", async () => {
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const header = fc.oneof(
      fc.jsonValue(),
      fc.record({
        alg: fc.constantFrom("RS256", "none", "HS256", "ES256", "EdDSA", "", 5, null),
        kid: fc.constantFrom("first", "other", 5, null, {}),
        crit: fc.constantFrom(undefined, [], ["exp"], 5),
        b64: fc.constantFrom(undefined, false),
        typ: fc.jsonValue(),
      }),
    );
    const claims = fc.oneof(
      fc.jsonValue(),
      fc.record({
        iss: fc.constantFrom(issuer.issuer, 5, null, [issuer.issuer]),
        sub: fc.constantFrom("provisioning", 5, null),
        aud: fc.constantFrom("api://muster", ["api://muster"], [["api://muster"]], 5, {}),
        exp: fc.constantFrom(inSeconds(600), "soon", null),
      }),
    );
    const signature = fc.oneof(fc.base64String(), fc.string());
    await fc.assert(
      fc.asyncProperty(header, claims, signature, async (one, two, three) => {
        const refusal = await refusalOf(`${encode(one)}.${encode(two)}.${three}`);
        expect(refusal).toBeInstanceOf(OAuthError);
        expect(refusal).toMatchObject({ status: 401 });
      }),
      { numRuns: 1000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await refusalOf(text)).toBeInstanceOf(OAuthError);
      }),
    );
  });
});
