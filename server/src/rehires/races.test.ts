import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const rounds = 8;

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let api: ReturnType<TestApp["as"]>;
beforeAll(async () => {
  product = await createTestApp();
  entra = await createTestConnection(product);
  api = product.as(product.administrator);
});
afterAll(() => product.close());

const arrive = (userName: string, employeeNumber: string) =>
  entra.createUser(userName, {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
    [enterprise]: { employeeNumber },
  });

/** Somebody who left with an item and came back. */
const leaveAndReturn = async (name: string) => {
  const formerId = await arrive(`${name}@contoso.test`, name);
  const account = (await api.get(`/accounts?search=${name}`)).body.items[0];
  const asset = (await api.post("/assets", { name })).body.id;
  await api.post(`/assets/${asset}/check-out`, { accountId: account.id });
  await entra.send("DELETE", `/Users/${formerId}`);
  const currentId = await arrive(`${name}.back@contoso.test`, name);
  const [rehire] = (await api.get(`/rehires?state=suggested&accountId=${account.id}`)).body.items;
  return { formerId, currentId, asset, id: rehire.id as string };
};

/** People who are Disabled and hold something without an open recovery, or the other way round. */
const findBroken = async (): Promise<unknown[]> => {
  const { rows } = await product.database.pool.query({
    text: `select a.name, a.status, count(c.id)::int as held, count(distinct r.id)::int as recoveries
      from accounts a
      left join custodies c on c.org_id = a.org_id and c.account_id = a.id and c.ended_at is null
      left join recoveries r on r.org_id = a.org_id and r.account_id = a.id and r.closed_at is null
      group by a.id, a.name, a.status
      having (a.status = 'disabled' and count(c.id) > 0) <> (count(distinct r.id) > 0)`,
  });
  return rows;
};

const statuses = async (...answers: Promise<Loose>[]): Promise<number[]> =>
  (await Promise.all(answers)).map(({ status }) => status).toSorted((a, b) => a - b);

test("of two who confirm at once one does it, and the other is told so", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await leaveAndReturn(`twice${round}`);
    const confirm = () => api.post(`/rehires/${id}/confirm`);
    expect(await statuses(confirm(), confirm(), confirm())).toEqual([200, 409, 409]);
  }
  expect(await findBroken()).toEqual([]);
});

test("confirmed and kept apart at once, it is either, and never half of it", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await leaveAndReturn(`either${round}`);
    const [first] = await statuses(
      api.post(`/rehires/${id}/confirm`),
      api.post(`/rehires/${id}/keep-apart`),
    );
    expect(first).toBe(200);
  }
  expect(await findBroken()).toEqual([]);
});

test("a check-in, a deletion and a confirmation at once lose no item and leave no item without a recovery", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id, currentId, asset } = await leaveAndReturn(`leaves${round}`);
    const [deleted, checkedIn, confirmed] = await Promise.all([
      entra.send("DELETE", `/Users/${currentId}`),
      api.post(`/assets/${asset}/check-in`, {}),
      api.post(`/rehires/${id}/confirm`),
    ]);
    expect(deleted.status).toBe(204);
    expect([200, 409]).toContain(checkedIn.status);
    expect([200, 409]).toContain(confirmed.status);
    expect(await findBroken()).toEqual([]);
    if (checkedIn.status === 409)
      expect((await api.post(`/assets/${asset}/check-in`, {})).status).toBe(200);
  }
});

test("the old one restored and a confirmation at once: one of them wins", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await leaveAndReturn(`restored${round}`);
    const [restored, confirmed] = await Promise.all([
      arrive(`restored${round}@contoso.test`, `restored${round}`),
      api.post(`/rehires/${id}/confirm`),
    ]);
    expect(restored).toBeTruthy();
    expect([200, 409]).toContain(confirmed.status);
    expect(await findBroken()).toEqual([]);
  }
});

test("many new people with one employee number at once are created, each", async () => {
  const former = await arrive("crowd@contoso.test", "crowd");
  await entra.send("DELETE", `/Users/${former}`);
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, index) => arrive(`crowd.${index}@contoso.test`, "crowd")),
  );
  expect(new Set(ids).size).toBe(10);
});
