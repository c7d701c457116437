import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, password, type Person, type TestApp } from "../../test/support/app.ts";
import { setLocalStatus } from "../accounts/local-accounts.ts";

let muster: TestApp;
let ana: Person;
beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(() => muster.close());
beforeEach(async () => {
  ana = await muster.createPerson("viewer");
});

const statusOfMe = async (person: Person) => (await muster.as(person).get("/me")).status;

const inOrganisation = (sql: string, values: unknown[]) =>
  muster.organisations.within(ana.orgId, (tx) => tx.executeSql(sql, values));

const setStatus = (status: "active" | "disabled") => {
  const actor = { id: null, name: "Muster" };
  const cause = { kind: "system" as const, id: null, sentence: "Made for a test", actor };
  return muster.organisations.within(ana.orgId, (tx) =>
    setLocalStatus(tx, ana.accountId, status, cause),
  );
};

describe("a session", () => {
  test("ends after twelve hours in which nobody used it", async () => {
    const idleFor = (interval: string) =>
      inOrganisation(
        "update sessions set last_seen_at = now() - $2::interval where account_id = $1",
        [ana.accountId, interval],
      );
    await idleFor("11 hours 59 minutes");
    expect(await statusOfMe(ana)).toBe(200);
    await idleFor("12 hours 1 minute");
    expect(await statusOfMe(ana)).toBe(401);
  });

  test("lives on while it is used, which is written once a minute", async () => {
    const seen = async () => {
      const { rows } = await inOrganisation(
        "select last_seen_at as at from sessions where account_id = $1",
        [ana.accountId],
      );
      return (rows as { at: Date }[])[0]?.at.getTime() ?? 0;
    };
    const started = await seen();
    expect(await statusOfMe(ana)).toBe(200);
    expect(await seen()).toBe(started);
    await inOrganisation(
      "update sessions set last_seen_at = now() - interval '2 minutes' where account_id = $1",
      [ana.accountId],
    );
    expect(await statusOfMe(ana)).toBe(200);
    expect(await seen()).toBeGreaterThanOrEqual(started);
  });

  test("ends after seven days, used or not", async () => {
    await inOrganisation(
      "update sessions set expires_at = now() - interval '1 second' where account_id = $1",
      [ana.accountId],
    );
    expect(await statusOfMe(ana)).toBe(401);
  });

  test("that was given to one organisation opens no other", async () => {
    const stranger = await muster.createOrganisation("Fabrikam");
    const [, own = ""] = ana.cookie.split("=");
    const [, other = ""] = stranger.cookie.split("=");
    const forged = [
      `${other.split(".")[0]}.${own.split(".")[1]}`,
      "",
      "x",
      `${own}x`,
      own.slice(0, -1),
    ];
    for (const text of forged)
      expect(await statusOfMe({ ...ana, cookie: `muster_session=${text}` })).toBe(401);
    expect(await statusOfMe(ana)).toBe(200);
  });

  test("ends with signing out, and that one only", async () => {
    const elsewhere = await muster.signIn(ana);
    const { status, headers } = await muster.as(ana).post("/sign-out");
    expect(status).toBe(204);
    expect(headers["set-cookie"]).toMatch(/^muster_session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await statusOfMe(ana)).toBe(401);
    expect(await statusOfMe(elsewhere)).toBe(200);
  });

  test("ends with signing out everywhere, but nobody else's", async () => {
    const elsewhere = await muster.signIn(ana);
    expect((await muster.as(ana).post("/sign-out-everywhere")).status).toBe(204);
    expect(await statusOfMe(ana)).toBe(401);
    expect(await statusOfMe(elsewhere)).toBe(401);
    expect(await statusOfMe(muster.administrator)).toBe(200);
  });
});

describe("disabling an account", () => {
  test("ends its sessions and links in the same transaction; enabling brings none back", async () => {
    const { body } = await muster
      .as(muster.administrator)
      .post(`/accounts/${ana.accountId}/sign-in-link`);
    const token = String(body.url).split("/").at(-1);
    await setStatus("disabled");
    expect(await statusOfMe(ana)).toBe(401);
    await setStatus("active");
    expect(await statusOfMe(ana)).toBe(401);
    expect((await muster.as(null).get(`/sign-in-links/${token}`)).body).toEqual({ valid: false });
  });

  test("is looked at with each request too", async () => {
    await inOrganisation("update accounts set status = 'disabled' where id = $1", [ana.accountId]);
    expect(await statusOfMe(ana)).toBe(401);
  });
});

describe("a change of role", () => {
  test("counts with the next request", async () => {
    expect((await muster.as(ana).get("/connections")).status).toBe(403);
    const roles = await muster.as(ana).get("/roles");
    const [administrator] = roles.body.items;
    expect(administrator.key).toBe("administrator");
    await muster
      .as(muster.administrator)
      .put(`/accounts/${ana.accountId}/lock`, { roleId: administrator.id });
    expect((await muster.as(ana).get("/connections")).status).toBe(200);
  });
});

describe("changing the password", () => {
  const next = "an entirely new password";

  test("needs the one before, and ends the other sessions", async () => {
    const dana = await muster.createOrganisation("Litware");
    const elsewhere = await muster.signIn(dana);
    const wrong = await muster.as(dana).post("/me/password", { current: "not it", next });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors).toEqual([{ path: "current", message: "is wrong" }]);
    const poor = await muster.as(dana).post("/me/password", { current: password, next: "short" });
    expect(poor.body.errors).toMatchObject([{ path: "next" }]);
    expect(await statusOfMe(elsewhere)).toBe(200);

    expect((await muster.as(dana).post("/me/password", { current: password, next })).status).toBe(
      204,
    );
    expect(await statusOfMe(dana)).toBe(200);
    expect(await statusOfMe(elsewhere)).toBe(401);
    const { email } = dana;
    expect((await muster.as(null).post("/sign-in", { email, password })).status).toBe(401);
    expect((await muster.as(null).post("/sign-in", { email, password: next })).status).toBe(200);
    const history = await muster.as(dana).get(`/accounts/${dana.accountId}/history`);
    expect(history.body.items[0]).toMatchObject({
      action: "account.password-set",
      actor: "Dana Reyes",
    });
  });

  test("cannot be used to guess it", async () => {
    const dana = await muster.createOrganisation("Wingtip");
    const statuses = [];
    for (let attempt = 1; attempt <= 11; attempt += 1)
      statuses.push(
        (await muster.as(dana).post("/me/password", { current: "not it", next })).status,
      );
    expect(statuses.filter((status) => status === 400)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });
});
