import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, password, type Person, type TestApp } from "../../test/support/app.ts";
import { setLocalStatus } from "../accounts/local-accounts.ts";
import { insertAdministrator } from "./insert-administrator.ts";
import { hashPassword } from "./password.ts";

let muster: TestApp;
beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(() => muster.close());
beforeEach(() => muster.database.pool.query("delete from sign_in_failures"));

const signIn = (credentials: object, headers?: Record<string, string>) =>
  muster.as(null).post("/sign-in", credentials, headers);

/** What the browser is known by from then on. */
const deviceOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  /muster_device=[^;]+/.exec(String(headers["set-cookie"]))?.[0] ?? "";

const cause = {
  kind: "system" as const,
  id: null,
  sentence: "Made for a test",
  actor: { id: null, name: "Muster" },
};

/** Somebody more with the test's password, or another one. */
const makeAdministrator = async (email: string, colleague: Person, secret = password) => {
  const passwordHash = await hashPassword(secret);
  const { tenantId } = colleague;
  return muster.organisations.within(colleague.orgId, (tx) =>
    insertAdministrator(tx, muster.access, { tenantId, name: "Kim", email, passwordHash, cause }),
  );
};

describe("signing in", () => {
  test("gives a session and says who it is", async () => {
    const { email, accountId } = muster.administrator;
    const { status, body, headers } = await signIn({ email, password });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account: { id: accountId, name: "Dana Reyes", email },
      organisation: { name: "Contoso" },
      tenant: { name: "Contoso", isSuper: true },
      role: { key: "administrator", name: "Administrator" },
    });
    expect(body.permissions).toContain("roles:administer");
    const [cookie = ""] = String(headers["set-cookie"]).split(";");
    const me = await muster.as({ ...muster.administrator, cookie }).get("/me");
    expect(me.body).toEqual(body);
  });

  test("sets a cookie that no script reads and no other site's page sends", async () => {
    const { headers } = await signIn({ email: muster.administrator.email, password });
    expect(headers["set-cookie"]?.[0]).toMatch(
      /^muster_session=[\w-]{22}\.[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(headers["set-cookie"]?.[1]).toMatch(
      /^muster_device=[\w-]{22}\.[\w-]{43}; Max-Age=15552000; Path=\/api\/v1; HttpOnly; SameSite=Strict$/,
    );
  });

  test("keeps nothing by which the database's reader could sign in", async () => {
    const { headers } = await signIn({ email: muster.administrator.email, password });
    const secret = /=([^;]+)/.exec(String(headers["set-cookie"]))?.[1] ?? "none";
    const { rows } = await muster.organisations.within(muster.administrator.orgId, (tx) =>
      tx.executeSql("select s::text, p::text as password from sessions s, passwords p"),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  test("does not mind case and blanks around the address", async () => {
    const email = `  ${muster.administrator.email.toUpperCase()} `;
    expect((await signIn({ email, password })).status).toBe(200);
  });

  test("says the same whatever was wrong", async () => {
    const disabled = await makeAdministrator("disabled@contoso.test", muster.administrator);
    await muster.organisations.within(muster.administrator.orgId, (tx) =>
      setLocalStatus(tx, disabled.id, "disabled", cause),
    );
    const answers = await Promise.all([
      signIn({ email: muster.administrator.email, password: "not the password" }),
      signIn({ email: "nobody@contoso.test", password }),
      signIn({ email: "disabled@contoso.test", password }),
      signIn({ email: "", password: "" }),
      signIn({ email: "dana@\ud800", password: "\u0000\ud800" }),
    ]);
    for (const { status, body, headers } of answers) {
      expect(body).toEqual(answers[0]?.body);
      expect(body.title).toBe("E-mail or password is wrong");
      expect(status).toBe(401);
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  test("is refused for what no database can hold", async () => {
    expect((await signIn({ email: "\u0000", password })).status).toBe(400);
  });

  test("finds the organisation whose password it is, where an address has several", async () => {
    const fabrikam = await muster.createOrganisation("Fabrikam");
    const email = "kim@partner.test";
    await makeAdministrator(email, muster.administrator, "the one for Contoso");
    await makeAdministrator(email, fabrikam, "the one for Fabrikam");
    const names = [];
    for (const secret of ["the one for Contoso", "the one for Fabrikam"])
      names.push((await signIn({ email, password: secret })).body.organisation.name);
    expect(names).toEqual(["Contoso", "Fabrikam"]);
  });

  test("goes to the account made first, where several have one address and one password", async () => {
    const tailspin = await muster.createOrganisation("Tailspin");
    const email = "sam@partner.test";
    await makeAdministrator(email, tailspin);
    await makeAdministrator(email, muster.administrator);
    expect((await signIn({ email, password })).body.organisation.name).toBe("Tailspin");
  });
});

describe("failed sign-ins", () => {
  const wrong = (email: string, address: string) =>
    muster.app.inject({
      method: "POST",
      url: "/api/v1/sign-in",
      remoteAddress: address,
      headers: { origin: "http://localhost:3000" },
      payload: { email, password: "not the password" },
    });

  test("from one place are ten in a quarter of an hour, then even the right password waits there", async () => {
    const { email } = muster.administrator;
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await wrong(email, "127.0.0.1")).statusCode).toBe(401);
    const refused = await signIn({ email: email.toUpperCase(), password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(890);
    expect(refused.body.detail).toContain("15 minutes");
    expect((await signIn({ email: "somebody@else.test", password })).status).toBe(401);
  });

  test("from one place lock nobody out elsewhere", async () => {
    const { email } = muster.administrator;
    for (let attempt = 1; attempt <= 45; attempt += 1) await wrong(email, "192.0.2.1");
    expect((await signIn({ email, password })).status).toBe(200);
  });

  test("from everywhere lock nobody out where they have signed in before", async () => {
    const { email } = muster.administrator;
    const cookie = deviceOf(await signIn({ email, password }));
    for (let attempt = 1; attempt <= 40; attempt += 1) await wrong(email, `192.0.2.${attempt}`);
    expect((await signIn({ email, password })).status).toBe(429);
    const known = await signIn({ email, password }, { cookie });
    expect(known.status).toBe(200);
    expect(deviceOf(known)).not.toBe(cookie);
    expect((await signIn({ email, password }, { cookie })).status, "used up").toBe(429);
  });

  test("in a known browser are ten, and it is known for its own address only", async () => {
    const { email } = muster.administrator;
    const cookie = deviceOf(await signIn({ email, password }));
    const guess = (who: string) => signIn({ email: who, password: "not the password" }, { cookie });
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await guess(email)).status).toBe(401);
    expect((await guess(email)).status).toBe(429);
    const other = "other@contoso.test";
    await makeAdministrator(other, muster.administrator);
    for (let attempt = 1; attempt <= 40; attempt += 1) await wrong(other, `192.0.2.${attempt}`);
    expect((await signIn({ email: other, password }, { cookie })).status).toBe(429);
  });

  test("cannot slip past the limit together", async () => {
    const attempts = Array.from({ length: 50 }, (_, index) =>
      wrong("many@contoso.test", `192.0.2.${index}`),
    );
    const statuses = (await Promise.all(attempts)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });

  test("from one remote address are fifty; an IPv6 subscriber is one, whatever the last 64 bits", async () => {
    for (let attempt = 1; attempt <= 50; attempt += 1)
      expect((await wrong(`a${attempt}@contoso.test`, `2001:db8:1:2::${attempt}`)).statusCode).toBe(
        401,
      );
    expect((await wrong("another@contoso.test", "2001:db8:1:2:ffff::1")).statusCode).toBe(429);
    expect((await wrong("another@contoso.test", "2001:db8:1:3::1")).statusCode).toBe(401);
  });

  test("are forgotten with the right password", async () => {
    const { email } = muster.administrator;
    for (let round = 1; round <= 3; round += 1) {
      for (let attempt = 1; attempt <= 9; attempt += 1) await wrong(email, "127.0.0.1");
      expect((await signIn({ email, password })).status).toBe(200);
    }
  });

  test("are forgotten when the quarter of an hour is over", async () => {
    const { email } = muster.administrator;
    for (let attempt = 1; attempt <= 11; attempt += 1) await wrong(email, "127.0.0.1");
    expect((await signIn({ email, password })).status).toBe(429);
    await muster.database.pool.query(
      "update sign_in_failures set window_ends_at = now() - interval '1 second'",
    );
    expect((await signIn({ email, password })).status).toBe(200);
  });

  test("keep no address that somebody typed", async () => {
    await wrong("my secret password", "192.0.2.1");
    const { rows } = await muster.database.pool.query("select key from sign_in_failures");
    expect(JSON.stringify(rows)).toContain("address:192.0.2.1");
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});
