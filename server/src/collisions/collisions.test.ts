import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, password, type Person, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let owner: Client;
let roles: Record<string, string>;

beforeAll(async () => {
  product = await createTestApp();
  entra = await createTestConnection(product);
  owner = new Client({ connectionString: product.database.ownerUrl });
  await owner.connect();
  const { body } = await admin().get("/roles");
  roles = Object.fromEntries(body.items.map((role: Loose) => [role.key, role.id]));
});
afterAll(async () => {
  await owner.end();
  await product.close();
});

const admin = () => product.as(product.administrator);

/** Makes somebody by hand; gives their account. */
const makeByHand = async (name: string, more: object = {}): Promise<Loose> => {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@contoso.test`;
  const made = await admin().post("/accounts", {
    name,
    email,
    roleId: roles["loanee"],
    ...more,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
};

const list = async (query = "state=suggested"): Promise<Loose[]> =>
  (await admin().get(`/collisions?limit=100&${query}`)).body.items;

/** The suggestion about somebody made by hand, once it is there. */
const suggestionFor = async (local: Loose): Promise<Loose> => {
  let found: Loose;
  const look = async () => {
    found = (await list()).find((one) => one.local.accountId === local.id);
    return found !== undefined;
  };
  await expect.poll(look, { timeout: 15_000 }).toBe(true);
  return found;
};

const accountOf = async (id: string): Promise<Loose> => (await admin().get(`/accounts/${id}`)).body;
const confirm = (id: string, keepRole = false) =>
  admin().post(`/collisions/${id}/confirm`, { keepRole });
const sendUser = (name: string, more: object = {}) =>
  entra.createUser(`${name.toLowerCase().replaceAll(" ", ".")}@contoso.test`, {
    displayName: name,
    ...more,
  });

const handOut = async (accountId: string): Promise<string> => {
  const made = await admin().post("/assets", { name: `Laptop ${accountId.slice(-6)}` });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const out = await admin().post(`/assets/${made.body.id}/check-out`, { accountId });
  expect(out.status, JSON.stringify(out.body)).toBeLessThan(300);
  return made.body.id;
};
const holderOf = async (assetId: string): Promise<string> => {
  const { rows } = await owner.query(
    "select account_id from custodies where asset_id = $1 and ended_at is null",
    [assetId],
  );
  return rows[0]?.account_id;
};

describe("matching", () => {
  test("somebody who was here is found when the directory sends them, with the reasons", async () => {
    const local = await makeByHand("Ana Ito");
    await sendUser("Ana Ito");
    expect(await suggestionFor(local)).toMatchObject({
      score: 90,
      reasons: ["email", "name"],
      state: "suggested",
    });
  });

  test("by another address, by the employee number; never by the name alone", async () => {
    const ben = await makeByHand("Ben Osei");
    const cho = await makeByHand("Cho Park", { employeeNumber: "E-12" });
    const dan = await makeByHand("Dan Roth");
    await entra.createUser("b@elsewhere.test", {
      displayName: "B. Osei",
      emails: [
        { type: "work", value: "b@elsewhere.test", primary: true },
        { type: "other", value: "BEN.osei@contoso.test" },
      ],
    });
    await entra.createUser("c@elsewhere.test", {
      displayName: "C. Park",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { employeeNumber: "e-12" },
    });
    await entra.createUser("d@elsewhere.test", { displayName: "Dan Roth" });
    expect(await suggestionFor(ben)).toMatchObject({ score: 50, reasons: ["alias"] });
    expect(await suggestionFor(cho)).toMatchObject({ score: 60, reasons: ["employee-number"] });
    expect((await list("")).filter((one) => one.local.accountId === dan.id)).toEqual([]);
  });

  test("and whoever is made by hand after the directory sent them is found at once", async () => {
    await sendUser("Eve Lund");
    const local = await makeByHand("Eve Lund");
    expect((await list()).map((one) => one.local.accountId)).toContain(local.id);
  });

  test("each of the two knows of the other, and nobody else does", async () => {
    const local = await makeByHand("Kim Voss");
    await sendUser("Kim Voss");
    const { id, person } = await suggestionFor(local);
    for (const accountId of [local.id, person.accountId])
      expect((await list(`accountId=${accountId}`)).map((one) => one.id)).toEqual([id]);
    expect(await list(`accountId=${product.administrator.accountId}`)).toEqual([]);
    const stranger = await product.createOrganisation("Northwind");
    expect((await product.as(stranger).get(`/collisions?accountId=${local.id}`)).status).toBe(404);
  });

  test("surest first, page by page; the certain ones by themselves", async () => {
    const all = await list();
    expect(all.map(({ score }) => score)).toEqual(
      all.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    expect((await list("certain=true")).every(({ score }) => score >= 90)).toBe(true);
    const first = (await admin().get("/collisions?limit=1&state=suggested")).body;
    const second = (await admin().get(`/collisions?limit=1&state=suggested&cursor=${first.next}`))
      .body;
    expect([first.items[0].id, second.items[0].id]).toEqual(all.slice(0, 2).map(({ id }) => id));
  });
});

describe("a merge", () => {
  test("gives the directory's account the items, the password and the sessions; a split gives them back", async () => {
    const local = await makeByHand("Fay Lee", { roleId: roles["editor"] });
    const asset = await handOut(local.id);
    const fay: Person = await product.signIn({
      ...product.administrator,
      accountId: local.id,
      name: "Fay Lee",
      email: "fay.lee@contoso.test",
    });
    await owner.query(
      `insert into passwords (org_id, account_id, hash, changed_at)
       select org_id, $1, hash, now() from passwords where account_id = $2`,
      [local.id, product.administrator.accountId],
    );
    await owner.query(
      "insert into sign_in_names (email_key, org_id, account_id) values ($1, $2, $3)",
      ["fay.lee@contoso.test", product.administrator.orgId, local.id],
    );
    await sendUser("Fay Lee");
    const suggestion = await suggestionFor(local);
    const { body: confirmed, status } = await confirm(suggestion.id, true);
    expect(status, JSON.stringify(confirmed)).toBe(200);
    expect(confirmed).toMatchObject({ state: "same", decidedBy: "Dana Reyes" });

    const accountId = confirmed.person.accountId;
    expect(await holderOf(asset)).toBe(accountId);
    expect(await accountOf(accountId)).toMatchObject({
      status: "active",
      role: { name: "Editor" },
      origin: "lock",
    });
    expect(await accountOf(local.id)).toMatchObject({ status: "disabled" });
    expect(JSON.stringify((await product.as(fay).get("/me")).body)).toContain(accountId);
    const signIn = await product
      .as(null)
      .post("/sign-in", { email: "fay.lee@contoso.test", password });
    expect(signIn.status, JSON.stringify(signIn.body)).toBeLessThan(300);
    const listed = (await admin().get("/accounts?search=fay")).body.items;
    expect(listed.map(({ id }: Loose) => id)).toEqual([accountId]);
    const history = (await admin().get(`/accounts/${accountId}/history`)).body.items;
    expect(history.map(({ action }: Loose) => action)).toEqual(
      expect.arrayContaining(["account.joined", "account.created"]),
    );
    expect(history.some(({ subject }: Loose) => subject.id === local.id)).toBe(true);

    const kept = await handOut(accountId);
    expect((await admin().put(`/accounts/${local.id}/status`, { status: "active" })).status).toBe(
      409,
    );
    expect((await confirm(suggestion.id)).status).toBe(409);

    expect((await admin().post(`/collisions/${suggestion.id}/split`)).status).toBe(200);
    expect(await holderOf(asset)).toBe(local.id);
    expect(await holderOf(kept)).toBe(accountId);
    expect(await accountOf(local.id)).toMatchObject({ status: "active", role: { name: "Editor" } });
    expect((await accountOf(accountId)).origin).not.toBe("lock");
    expect((await product.as(fay).get("/me")).status).toBe(401);
    const { rows } = await owner.query(
      "select account_id from passwords where account_id = any($1)",
      [[local.id, accountId]],
    );
    expect(rows).toEqual([{ account_id: local.id }]);
    expect((await list("state=apart")).map(({ id }) => id)).toContain(suggestion.id);
  });

  test("never takes the last Administrator who was made by hand", async () => {
    await entra.createUser(product.administrator.email, { displayName: "Dana Reyes" });
    const suggestion = await suggestionFor({ id: product.administrator.accountId });
    const refused = await confirm(suggestion.id);
    expect(refused.status).toBe(409);
    expect(refused.body.title).toContain("last Administrator");
    expect((await admin().get("/me")).status).toBe(200);
  });

  test("confirmed for many at once, each for itself", async () => {
    const locals = [await makeByHand("Gus Berg"), await makeByHand("Hal Cole")];
    for (const { name } of locals) await sendUser(name);
    const ids = [];
    for (const local of locals) ids.push((await suggestionFor(local)).id);
    const dana = await suggestionFor({ id: product.administrator.accountId });
    const { body } = await admin().post("/collisions/confirm", { ids: [...ids, dana.id] });
    expect(body).toMatchObject({ confirmed: 2, refused: [{ id: dana.id }] });
  });

  test("confirmed for many at once, tells which were not when the database fails one of them", async () => {
    const locals = [];
    for (const name of ["Lea Wolf", "Mia Stone", "Nils Dahl"]) {
      locals.push(await makeByHand(name));
      await sendUser(name);
    }
    const ids: string[] = [];
    for (const local of locals) ids.push((await suggestionFor(local)).id);
    // Somebody changes the second person's record just now, and the connection that waits for it breaks.
    await owner.query("begin");
    await owner.query(
      "select from directory_users u join collisions c on c.user_id = u.id where c.id = $1 for update of u",
      [ids[1]],
    );
    const answer = admin().post("/collisions/confirm", { ids });
    const breakWaiting = () =>
      owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
    await expect.poll(async () => (await breakWaiting()).rowCount, { timeout: 10_000 }).toBe(1);
    await owner.query("rollback");
    const { status, body } = await answer;
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      confirmed: 2,
      refused: [{ id: ids[1], title: "The database cannot be used just now" }],
    });
    const joined = (await list("state=same")).map(({ id }) => id);
    expect(ids.map((id) => joined.includes(id))).toEqual([true, false, true]);
    expect((await confirm(ids[1]!)).status).toBe(200);
  });

  test("is decided once, also when two decide at the same time, and while an item is handed out", async () => {
    const local = await makeByHand("Ida Holm");
    await sendUser("Ida Holm");
    const { id } = await suggestionFor(local);
    const asset = await admin().post("/assets", { name: "Phone" });
    const [one, other, out] = await Promise.all([
      confirm(id),
      confirm(id),
      admin().post(`/assets/${asset.body.id}/check-out`, { accountId: local.id }),
    ]);
    expect([one.status, other.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
    const holder = await holderOf(asset.body.id);
    const { accountId } = [one, other].find(({ status }) => status === 200)!.body.person;
    expect(holder).toBe(out.status < 300 ? accountId : undefined);
  });
});

describe("kept apart", () => {
  test("they are not suggested again", async () => {
    const local = await makeByHand("Jan Kral");
    const user = await sendUser("Jan Kral");
    const { id } = await suggestionFor(local);
    expect((await admin().post(`/collisions/${id}/keep-apart`)).body.state).toBe("apart");
    await entra.patch(`/Users/${user}`, { op: "Replace", path: "title", value: "Lead" });
    await new Promise((done) => setTimeout(done, 1500));
    expect((await list()).filter((one) => one.local.accountId === local.id)).toEqual([]);
  });

  test("is for whoever may lock roles, in their own organisation", async () => {
    const [{ id }] = await list("");
    const viewer = await product.createPerson("viewer");
    const stranger = await product.createOrganisation("Fabrikam");
    for (const deed of ["confirm", "keep-apart", "split"]) {
      const path = `/collisions/${id}/${deed}`;
      const body = deed === "confirm" ? { keepRole: false } : undefined;
      expect((await product.as(null).post(path, body)).status).toBe(401);
      expect((await product.as(viewer).post(path, body)).status).toBe(403);
      expect((await product.as(stranger).post(path, body)).status).toBe(404);
    }
    expect((await product.as(stranger).get("/collisions")).body.items).toEqual([]);
  });
});
