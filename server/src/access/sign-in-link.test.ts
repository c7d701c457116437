import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertTenant, newId } from "#tenancy";
import { createTestApp, password, type Person, type TestApp } from "../../test/support/app.ts";

let muster: TestApp;
let ana: Person;
beforeAll(async () => {
  muster = await createTestApp();
});
afterAll(() => muster.close());
beforeEach(async () => {
  ana = await muster.createPerson("viewer", "Ana Silva");
});

const makeLink = async (accountId: string, by: Person = muster.administrator) => {
  const { status, body } = await muster.as(by).post(`/accounts/${accountId}/sign-in-link`);
  return { status, body, token: String(body.url).split("/").at(-1) ?? "" };
};

const look = async (token: string) => (await muster.as(null).get(`/sign-in-links/${token}`)).body;
const take = (token: string, secret = password) =>
  muster.as(null).post(`/sign-in-links/${token}`, { password: secret });

describe("a sign-in link", () => {
  test("welcomes one person, who sets a password and is in", async () => {
    const { status, body, token } = await makeLink(ana.accountId);
    expect(status).toBe(201);
    expect(body.url).toMatch(/^http:\/\/localhost:3000\/welcome\/[\w.-]+$/);
    expect(new Date(body.expiresAt).getTime() - Date.now()).toBeGreaterThan(71.9 * 3_600_000);
    const { name, email } = ana;
    expect(await look(token)).toEqual({ valid: true, name, email, organisation: "Contoso" });
    const used = await take(token);
    expect(used.status).toBe(200);
    expect(used.body.account).toMatchObject({ id: ana.accountId, name });
    for (const cookie of used.headers["set-cookie"] ?? []) expect(cookie).toContain("HttpOnly");
    expect((await muster.as(null).post("/sign-in", { email, password })).status).toBe(200);
    const account = await muster.as(muster.administrator).get(`/accounts/${ana.accountId}`);
    expect(account.body).toMatchObject({ canSignIn: true });
    expect(account.body.lastSignInAt).not.toBeNull();
  });

  test("can be used once, also by two at once", async () => {
    const { token } = await makeLink(ana.accountId);
    const answers = await Promise.all([
      take(token),
      take(token, "another good password"),
      take(token),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
    expect(await look(token)).toEqual({ valid: false });
    expect((await take(token)).body.title).toBe("Sign-in link not found");
  });

  test("outlives a password that cannot be used", async () => {
    const { token } = await makeLink(ana.accountId);
    expect((await take(token, "short")).body.errors).toMatchObject([{ path: "password" }]);
    expect(await look(token)).toMatchObject({ valid: true });
  });

  test("ends the sessions of before", async () => {
    const { token } = await makeLink(ana.accountId);
    await take(token);
    expect((await muster.as(ana).get("/me")).status).toBe(401);
  });

  test("becomes worthless with a newer one, and after 72 hours", async () => {
    const first = await makeLink(ana.accountId);
    const second = await makeLink(ana.accountId);
    expect(await look(first.token)).toEqual({ valid: false });
    expect(await look(second.token)).toMatchObject({ valid: true });
    await muster.organisations.within(ana.orgId, (tx) =>
      tx.executeSql("update sign_in_links set expires_at = now() - interval '1 second'"),
    );
    expect(await look(second.token)).toEqual({ valid: false });
    expect((await take(second.token)).status).toBe(404);
  });

  test.each(["x", "AaILfHiscwCd9l1ifBV-zw.YCG323yLx71UGmB00eppDSsQ4GED1MA1CO0LTITza6k", "%00"])(
    "that nobody made (%s) is none",
    async (token) => {
      expect(await look(token)).toEqual({ valid: false });
      expect((await take(token)).status).toBe(404);
    },
  );
});

describe("making one", () => {
  test("is for people of one's own organisation", async () => {
    const stranger = await muster.createOrganisation("Fabrikam");
    expect((await makeLink(ana.accountId, stranger)).status).toBe(404);
  });

  test("is for people of one's own tenant, unless one is of the super tenant", async () => {
    const branch = await muster.createPerson("administrator", "Branch");
    await muster.organisations.within(branch.orgId, async (tx) => {
      const { id } = await insertTenant(tx, "Branch");
      await tx.executeSql("update accounts set tenant_id = $1 where id = $2", [
        id,
        branch.accountId,
      ]);
    });
    expect((await makeLink(ana.accountId, branch)).status).toBe(404);
    expect((await makeLink(branch.accountId, branch)).status).toBe(201);
    expect((await makeLink(branch.accountId)).status).toBe(201);
  });

  test("is refused for a Disabled person", async () => {
    const administrator = muster.as(muster.administrator);
    await administrator.put(`/accounts/${ana.accountId}/status`, { status: "disabled" });
    expect((await makeLink(ana.accountId)).body).toMatchObject({
      status: 409,
      title: "Ana Silva is Disabled",
    });
  });

  test("is refused for a person without an e-mail address", async () => {
    await muster.organisations.within(ana.orgId, (tx) =>
      tx.executeSql("update accounts set email = null where id = $1", [ana.accountId]),
    );
    expect((await makeLink(ana.accountId)).status).toBe(409);
  });

  test("is refused for somebody who may do more: it would be a way to become them", async () => {
    const helper = await muster.createPerson("viewer", "Helpdesk");
    await muster.organisations.within(ana.orgId, async (tx) => {
      const id = newId();
      await tx.executeSql(
        "insert into roles (org_id, id, name, permissions) values ($1, $2, 'Helpdesk', '{accounts:view,accounts:sign-in,assets:view,custody:view}')",
        [tx.orgId, id],
      );
      await tx.executeSql("update accounts set role_id = $1 where id = $2", [id, helper.accountId]);
    });
    expect((await makeLink(ana.accountId, helper)).status).toBe(201);
    expect((await makeLink(muster.administrator.accountId, helper)).status).toBe(403);
  });

  test("is in the history of whom it is for", async () => {
    await makeLink(ana.accountId);
    const { body } = await muster
      .as(muster.administrator)
      .get(`/accounts/${ana.accountId}/history`);
    expect(body.items[0]).toMatchObject({
      action: "account.sign-in-link-made",
      actor: "Dana Reyes",
    });
    expect(JSON.stringify(body.items[0])).not.toContain("welcome");
  });
});
