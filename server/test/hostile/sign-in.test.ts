import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, password, type TestApp } from "../support/app.ts";

let muster: TestApp;
beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(() => muster.close());
beforeEach(() => muster.database.pool.query("delete from sign_in_failures"));

/** Tries to sign in from an address, as a proxy on this machine reports it. */
const tryFrom = async (address: string, credentials: object) => {
  const { status } = await muster
    .as(null)
    .post("/sign-in", credentials, { "x-forwarded-for": address });
  return status;
};

const guesses = (count: number, address: (at: number) => string, email: (at: number) => string) =>
  Promise.all(
    Array.from({ length: count }, (_, at) =>
      tryFrom(address(at), { email: email(at), password: `guess ${at}` }),
    ),
  );

const tally = (statuses: readonly number[], status: number): number =>
  statuses.filter((one) => one === status).length;

describe("a flood of guesses is held back", () => {
  test("for one e-mail address, however many addresses it comes from and all at once", async () => {
    const { email } = muster.administrator;
    const folded = (at: number) => (at % 2 === 0 ? email.toUpperCase() : ` ${email} `);
    const statuses = await guesses(50, (at) => `192.0.2.${at}`, folded);
    expect([tally(statuses, 401), tally(statuses, 429)]).toEqual([30, 20]);
    expect(await tryFrom("198.51.100.1", { email, password })).toBe(429);
  });

  test("from one network, and from no other: IPv4 as a socket for both kinds shows it", async () => {
    const email = (at: number) => `nobody${at}@contoso.test`;
    const statuses = await guesses(60, () => "::ffff:192.0.2.1", email);
    expect([tally(statuses, 401), tally(statuses, 429)]).toEqual([50, 10]);
    const { administrator } = muster;
    expect(await tryFrom("192.0.2.1", { email: administrator.email, password })).toBe(429);
    expect(await tryFrom("::ffff:192.0.2.2", { email: administrator.email, password })).toBe(200);
  });

  test("from addresses that are none, as if they were one", async () => {
    const forged = (at: number) => (at % 2 === 0 ? `x${at}` : `${"y".repeat(4000)}${at * 7}`);
    const statuses = await guesses(60, forged, (at) => `nobody${at}@contoso.test`);
    expect([tally(statuses, 401), tally(statuses, 429)]).toEqual([50, 10]);
  });

  test("whatever the client says of itself in front of what the proxy says", async () => {
    const forged = (at: number) => `203.0.113.${at}, 192.0.2.1`;
    const statuses = await guesses(60, forged, (at) => `nobody${at}@contoso.test`);
    expect(tally(statuses, 429)).toBe(10);
  });
});

test("an unknown address, a wrong password and no password are refused in the same words", async () => {
  const answers = await Promise.all(
    [
      { email: "nobody@contoso.test", password },
      { email: muster.administrator.email, password: "wrong" },
      { email: "' or 1=1 --", password: "" },
    ].map((credentials) => muster.as(null).post("/sign-in", credentials)),
  );
  const [first] = answers;
  expect(first?.status).toBe(401);
  for (const { status, body } of answers)
    expect({ status, body }).toEqual({ status: 401, body: first?.body });
});

describe("a session", () => {
  test("is never one that the browser brought along (fixation)", async () => {
    const { cookie, email } = muster.administrator;
    const { headers } = await muster.as(null).post("/sign-in", { email, password }, { cookie });
    const given = String(headers["set-cookie"]).split(";", 1)[0];
    expect(given).not.toBe(cookie);
  });

  test("is worth nothing under another organisation's id", async () => {
    const other = await muster.createOrganisation("Fabrikam");
    const [, own = ""] = muster.administrator.cookie.split("=");
    const [, theirs = ""] = other.cookie.split("=");
    const mixed = `${theirs.split(".")[0]}.${own.split(".")[1]}`;
    const { status } = await muster
      .as({ ...muster.administrator, cookie: `muster_session=${mixed}` })
      .get("/me");
    expect(status).toBe(401);
  });

  test.each(["", "a", "a.b", "%00", ".", `${"A".repeat(22)}.${"A".repeat(43)}`, "x".repeat(8000)])(
    "%j is none",
    async (secret) => {
      const cookie = `muster_session=${secret}`;
      const { status, body } = await muster.as({ ...muster.administrator, cookie }).get("/me");
      expect(status).toBe(401);
      expect(body.detail).toBeTruthy();
    },
  );
});

describe("a change is refused without our own origin", () => {
  const foreign: Record<string, Record<string, string | undefined>> = {
    "no origin": { origin: undefined },
    "the origin null": { origin: "null" },
    "another site's origin": { origin: "https://evil.test" },
    "an origin that begins like ours": { origin: "http://localhost:3000.evil.test" },
    "our origin over another scheme and port": { origin: "https://localhost:3001" },
    "what a browser calls cross-site": { "sec-fetch-site": "cross-site" },
    "what a browser calls same-site": { "sec-fetch-site": "same-site" },
    "what a browser calls none": { "sec-fetch-site": "none" },
  };
  test.each(Object.entries(foreign))("%s", async (_name, headers) => {
    const sent = Object.fromEntries(
      Object.entries({
        origin: "http://localhost:3000",
        cookie: muster.administrator.cookie,
        ...headers,
      }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const answer = await muster.app.inject({
      method: "POST",
      url: "/api/v1/connections",
      headers: sent,
      payload: { name: "Forged" },
    });
    expect(answer.statusCode).toBe(403);
  });
});
