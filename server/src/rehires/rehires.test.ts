import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let api: ReturnType<TestApp["as"]>;
beforeAll(async () => {
  product = await createTestApp({ startJobs: true });
  entra = await createTestConnection(product);
  api = product.as(product.administrator);
});
afterAll(() => product.close());

const employee = (employeeNumber: string) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
  [enterprise]: { employeeNumber },
});

const accountOf = async (userName: string, query = ""): Promise<Loose> => {
  const { body } = await api.get(`/accounts?search=${encodeURIComponent(userName)}${query}`);
  return body.items.find((account: Loose) => account.userName === userName);
};

/** Somebody with an employee number who holds some items. Gives the SCIM id, the Sub Account and the items. */
const arrive = async (userName: string, employeeNumber: string, items = 0): Promise<Loose> => {
  const id = await entra.createUser(userName, employee(employeeNumber));
  const account = await accountOf(userName);
  const assets: string[] = [];
  for (let index = 0; index < items; index += 1) {
    const asset = await api.post("/assets", { name: `${userName} ${index}` });
    const out = await api.post(`/assets/${asset.body.id}/check-out`, { accountId: account.id });
    expect(out.status).toBe(200);
    assets.push(asset.body.id);
  }
  return { id, userName, accountId: account.id, assets };
};
const leave = async (id: string): Promise<void> => {
  expect((await entra.send("DELETE", `/Users/${id}`)).status).toBe(204);
};
const suggestions = async (accountId: string): Promise<Loose[]> =>
  (await api.get(`/rehires?state=suggested&accountId=${accountId}`)).body.items;
const held = async (accountId: string): Promise<number> =>
  (await api.get(`/accounts/${accountId}/items`)).body.total;
const openRecoveries = async (accountId: string): Promise<Loose[]> =>
  (await api.get("/recoveries?state=open&limit=200")).body.items.filter(
    ({ account }: Loose) => account.id === accountId,
  );

/** Somebody who left with items, and came back with another externalId. */
const leaveAndReturn = async (name: string, items = 0) => {
  const former = await arrive(`${name}@contoso.test`, `E-${name}`, items);
  await leave(former.id);
  const current = await arrive(`${name}.2@contoso.test`, `e-${name} `);
  const [rehire, ...others] = await suggestions(current.accountId);
  expect(others).toEqual([]);
  return { former, current, rehire };
};

describe("somebody is suggested to have come back", () => {
  test("when their employee number is that of somebody deleted, whatever its letter case", async () => {
    const { former, current, rehire } = await leaveAndReturn("ana", 3);
    expect(rehire).toMatchObject({
      state: "suggested",
      employeeNumber: "e-ana",
      former: { name: "ana", accountId: former.accountId, held: 3 },
      returned: { name: "ana.2", accountId: current.accountId },
    });
    expect(Date.parse(rehire.former.leftAt)).toBeGreaterThan(0);
    expect(current.id).not.toBe(former.id);
    expect((await entra.send("GET", `/Users/${former.id}`)).status).toBe(404);
  });

  test("when the number comes with a later PATCH", async () => {
    const former = await arrive("ben@contoso.test", "E-ben");
    await leave(former.id);
    const current = await arrive("ben.2@contoso.test", "E-other");
    expect(await suggestions(current.accountId)).toEqual([]);
    await entra.patch(`/Users/${current.id}`, {
      op: "Add",
      path: `${enterprise}:employeeNumber`,
      value: "E-ben",
    });
    expect(await suggestions(current.accountId)).toHaveLength(1);
  });

  test("when the old one is deleted after they are back, as Entra does 30 days later", async () => {
    const former = await arrive("cleo@contoso.test", "E-cleo");
    const current = await arrive("cleo.2@contoso.test", "E-cleo");
    expect(await suggestions(current.accountId)).toEqual([]);
    await leave(former.id);
    expect(await suggestions(current.accountId)).toMatchObject([
      { former: { accountId: former.accountId } },
    ]);
  });

  test("as whoever left last with that number", async () => {
    const first = await arrive("dan@contoso.test", "E-dan");
    await leave(first.id);
    const second = await arrive("dan.2@contoso.test", "E-dan");
    await leave(second.id);
    const third = await arrive("dan.3@contoso.test", "E-dan");
    expect(await suggestions(third.accountId)).toMatchObject([
      { former: { accountId: second.accountId } },
    ]);
  });

  test("but not for a number that several carry, nor for none, nor across connections", async () => {
    const former = await arrive("eve@contoso.test", "n/a");
    for (const name of ["finn", "gus"]) await arrive(`${name}@contoso.test`, "n/a");
    await leave(former.id);
    await arrive("gil@contoso.test", "n/a");
    const left = await arrive("hana@contoso.test", "");
    await leave(left.id);
    const { accountId } = await arrive("hana.2@contoso.test", "");
    for (const one of [former.accountId, accountId]) expect(await suggestions(one)).toEqual([]);

    const other = await createTestConnection(product, "Other");
    const ida = await arrive("ida@contoso.test", "E-ida");
    await leave(ida.id);
    await other.createUser("ida.2@contoso.test", employee("E-ida"));
    const account = await accountOf("ida.2@contoso.test");
    expect(await suggestions(account.id)).toEqual([]);
  });

  test("and no longer when they leave again, or the one who left is back with the same externalId", async () => {
    const { current } = await leaveAndReturn("jon");
    await leave(current.id);
    expect(await suggestions(current.accountId)).toEqual([]);
    const kim = await leaveAndReturn("kim");
    await entra.createUser("kim@contoso.test");
    expect(await suggestions(kim.current.accountId)).toEqual([]);
    expect((await api.post(`/rehires/${kim.rehire.id}/confirm`)).status).toBe(409);
  });

  test("however long or odd the number is", async () => {
    for (const number of ["9".repeat(5000), " \t ", "İ", "😀".repeat(300)])
      await arrive(`odd.${Math.random()}@contoso.test`, number);
  });
});

describe("confirmed to be the same person", () => {
  test("they have their items, history and role lock again, under the new Sub Account", async () => {
    const lea = await arrive("lea@contoso.test", "E-lea", 2);
    const { items: roles } = (await api.get("/roles")).body;
    const editor = roles.find(({ key }: Loose) => key === "editor");
    await api.put(`/accounts/${lea.accountId}/lock`, { roleId: editor.id, reason: "Buys things" });
    await leave(lea.id);
    expect(await openRecoveries(lea.accountId)).toHaveLength(1);
    const back = await arrive("lea.2@contoso.test", "E-lea", 1);
    const [rehire] = await suggestions(back.accountId);

    const confirmed = await api.post(`/rehires/${rehire.id}/confirm`);
    expect(confirmed).toMatchObject({
      status: 200,
      body: { state: "same", decidedBy: "Dana Reyes", former: { held: 0 } },
    });
    expect(await held(back.accountId)).toBe(3);
    expect(await held(lea.accountId)).toBe(0);
    expect(await openRecoveries(lea.accountId)).toEqual([]);
    expect(await openRecoveries(back.accountId)).toEqual([]);
    const { body: account } = await api.get(`/accounts/${back.accountId}`);
    expect(account).toMatchObject({
      status: "active",
      role: { id: editor.id },
      lock: { reason: "Buys things" },
    });
    const { body: history } = await api.get(`/accounts/${back.accountId}/history?limit=200`);
    const said = history.items.map(({ sentence }: Loose) => sentence);
    expect(said).toContain("Deleted from the directory");
    expect(said).toContain("The same person as lea who left: employee number E-lea");
    expect(history.items[0].cause.sentence).toBe("Dana Reyes confirmed that it is the same person");
    const { body: asset } = await api.get(`/assets/${lea.assets[0]}`);
    expect(asset.holder.id).toBe(back.accountId);
    // Once in the list, not twice; and the directory sees what it saw before.
    expect((await api.get("/accounts?search=lea")).body.items).toHaveLength(1);
    expect((await entra.send("GET", `/Users/${lea.id}`)).status).toBe(404);
    expect((await entra.send("GET", `/Users/${back.id}`)).body.id).toBe(back.id);
    expect((await api.post(`/rehires/${rehire.id}/confirm`)).status).toBe(409);
    expect((await api.post(`/rehires/${rehire.id}/keep-apart`)).status).toBe(409);
  });

  test("split again, each has what they brought along, and the two are not suggested once more", async () => {
    const { former, current, rehire } = await leaveAndReturn("mia", 2);
    await api.post(`/rehires/${rehire.id}/confirm`);
    await api.post(`/assets/${former.assets[0]}/check-in`, {});
    const own = await api.post("/assets", { name: "New laptop" });
    await api.post(`/assets/${own.body.id}/check-out`, { accountId: current.accountId });

    expect(await api.post(`/rehires/${rehire.id}/split`)).toMatchObject({
      status: 200,
      body: { state: "apart", former: { held: 1 } },
    });
    expect(await held(current.accountId)).toBe(1);
    expect(await openRecoveries(former.accountId)).toMatchObject([{ outstanding: 1 }]);
    expect((await api.get("/accounts?search=mia")).body.items).toHaveLength(2);
    expect(await suggestions(current.accountId)).toEqual([]);
    expect((await api.post(`/rehires/${rehire.id}/split`)).status).toBe(409);
    // A second thought is possible.
    expect((await api.post(`/rehires/${rehire.id}/confirm`)).status).toBe(200);
    expect(await held(current.accountId)).toBe(2);
  });

  test("who comes back Disabled has their items to give back, in one recovery", async () => {
    const noor = await arrive("noor@contoso.test", "E-noor", 2);
    await leave(noor.id);
    const back = await arrive("noor.2@contoso.test", "E-noor", 1);
    await entra.patch(`/Users/${back.id}`, { op: "replace", path: "active", value: false });
    const [rehire] = await suggestions(back.accountId);
    await api.post(`/rehires/${rehire.id}/confirm`);
    expect(await openRecoveries(noor.accountId)).toEqual([]);
    expect(await openRecoveries(back.accountId)).toMatchObject([{ outstanding: 3 }]);
  });

  test("who comes back twice goes on with everything, and is split in the order they came", async () => {
    const { former, current, rehire } = await leaveAndReturn("olu", 1);
    await api.post(`/rehires/${rehire.id}/confirm`);
    await leave(current.id);
    const third = await arrive("olu.3@contoso.test", "E-olu");
    const [again] = await suggestions(third.accountId);
    await api.post(`/rehires/${again.id}/confirm`);
    expect(await held(third.accountId)).toBe(1);
    const { body: history } = await api.get(`/accounts/${third.accountId}/history?limit=200`);
    const subjects = history.items.map(({ subject }: Loose) => subject.id);
    expect(subjects).toEqual(expect.arrayContaining([former.id, current.id, third.id]));
    expect((await api.post(`/rehires/${rehire.id}/split`)).status).toBe(409);
    expect((await api.post(`/rehires/${again.id}/split`)).status).toBe(200);
    expect((await api.post(`/rehires/${rehire.id}/split`)).status).toBe(200);
    expect(await held(former.accountId)).toBe(1);
  });

  test("an account in a tenant where they have none yet goes over to them as it is", async () => {
    const tenantId = (await api.post("/tenants", { name: "Branch" })).body.id;
    const group = await entra.createGroup("Branch staff");
    const { items: roles } = (await api.get("/roles")).body;
    const roleId = roles.find(({ key }: Loose) => key === "viewer").id;
    await api.put(`/connections/${entra.connectionId}/group-mappings`, {
      mappings: [{ groupId: group, roleId, tenantId }],
    });
    const pia = await arrive("pia@contoso.test", "E-pia");
    await entra.patch(`/Groups/${group}`, {
      op: "add",
      path: "members",
      value: [{ value: pia.id }],
    });
    const accounts = async () => (await api.get("/accounts?search=pia&limit=200")).body.items;
    await leave(pia.id);
    const before = await accounts();
    const back = await arrive("pia.2@contoso.test", "E-pia");
    const [rehire] = await suggestions(back.accountId);
    await api.post(`/rehires/${rehire.id}/confirm`);
    const after = await accounts();
    expect(after.length).toBe(before.length);
    expect(new Set(after.map(({ userName }: Loose) => userName))).toEqual(
      new Set(["pia.2@contoso.test"]),
    );
    expect((await api.post(`/rehires/${rehire.id}/split`)).status).toBe(200);
  });
});

describe("kept apart", () => {
  test("they are two people, and nobody is asked again", async () => {
    const { former, current, rehire } = await leaveAndReturn("quin", 1);
    expect(await api.post(`/rehires/${rehire.id}/keep-apart`)).toMatchObject({
      status: 200,
      body: { state: "apart" },
    });
    expect(await held(former.accountId)).toBe(1);
    for (const value of ["E-none", "E-quin"])
      await entra.patch(`/Users/${current.id}`, {
        op: "replace",
        path: `${enterprise}:employeeNumber`,
        value,
      });
    expect(await suggestions(current.accountId)).toEqual([]);
    const { items } = (await api.get("/rehires?state=apart&limit=200")).body;
    expect(items.map(({ id }: Loose) => id)).toContain(rehire.id);
  });
});

describe("who may", () => {
  test("only who may edit Sub Accounts decides, and another organisation sees nothing", async () => {
    const { rehire } = await leaveAndReturn("ria");
    const viewer = await product.createPerson("viewer");
    expect((await product.as(viewer).get("/rehires")).status).toBe(200);
    expect((await product.as(viewer).post(`/rehires/${rehire.id}/confirm`)).status).toBe(403);
    // An Editor may lock roles, but not hand over one that may do more than an Editor.
    const former = (await api.get(`/accounts/${rehire.former.accountId}`)).body;
    const { items: roles } = (await api.get("/roles")).body;
    const roleId = roles.find(({ key }: Loose) => key === "administrator").id;
    expect((await api.put(`/accounts/${former.id}/lock`, { roleId })).status).toBe(200);
    const editor = await product.createPerson("editor");
    expect((await product.as(editor).post(`/rehires/${rehire.id}/confirm`)).status).toBe(403);
    const stranger = await product.createOrganisation("Fabrikam");
    expect((await product.as(stranger).get("/rehires")).body.total).toBe(0);
    for (const deed of ["confirm", "keep-apart", "split"])
      expect((await product.as(stranger).post(`/rehires/${rehire.id}/${deed}`)).status).toBe(404);
  });

  test("the list is paged, newest first", async () => {
    const seen: string[] = [];
    for (let next: string | null = ""; next !== null;) {
      const { body } = await api.get(`/rehires?limit=2${next && `&cursor=${next}`}`);
      seen.push(...body.items.map(({ id }: Loose) => id));
      expect(body.total).toBeGreaterThan(4);
      next = body.next;
    }
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
  });
});
