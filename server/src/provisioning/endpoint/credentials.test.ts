import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster, "Entra");
  // From here on the token is remembered.
  await entra.createUser("first@x.test");
});
afterAll(() => muster.close());

const api = () => muster.as(muster.administrator);

test("a connection that was renamed is called by its new name at once", async () => {
  await api().patch(`/connections/${entra.connectionId}`, { name: "Okta" });
  const id = await entra.createUser("second@x.test");
  const log = await api().get("/provisioning-log");
  const entry = log.body.items.find((item: Loose) => item.resource?.id === id);
  const { body } = await api().get(`/provisioning-log/${entry.id}`);
  expect(JSON.stringify(body)).toContain("Okta created a person");
});

test("a token that was revoked does nothing more, and is told so", async () => {
  const tokens = `/connections/${entra.connectionId}/tokens`;
  const { body } = await api().get(tokens);
  await api().delete(`${tokens}/${body.items[0].id}`);
  const refused = await entra.send("POST", "/Users", { userName: "third@x.test" });
  expect(refused).toMatchObject({ status: 401 });
  expect(refused.body.detail).toContain("The token was revoked.");
  const missing = await entra.send("GET", "/Users/01900000-0000-7000-8000-000000000000");
  expect(missing).toMatchObject({ status: 401 });
  const people = await muster.organisations.within(muster.administrator.orgId, (tx) =>
    tx.executeSql("select user_name from directory_users order by user_name"),
  );
  expect(people.rows).toEqual([{ user_name: "first@x.test" }, { user_name: "second@x.test" }]);
});
