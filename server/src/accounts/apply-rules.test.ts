import { expect, onTestFinished, test } from "vitest";
import { asOwner } from "#database";
import { createTestApp } from "../../test/support/app.ts";
import { createTestConnection } from "../../test/support/scim.ts";

test("an application counts the people of the directory, not those deleted from it", async () => {
  const product = await createTestApp({ startJobs: true });
  onTestFinished(() => product.close());
  const entra = await createTestConnection(product);
  const [deleted] = [
    await entra.createUser("ana@contoso.test"),
    await entra.createUser("ben@contoso.test"),
  ];
  await entra.send("DELETE", `/Users/${deleted}`);
  const groupId = await entra.createGroup("Finance");
  const admin = product.as(product.administrator);
  const [{ id: roleId }] = (await admin.get("/roles")).body.items;

  const { body } = await admin.put(`/connections/${entra.connectionId}/group-mappings`, {
    mappings: [{ groupId, roleId }],
  });

  await expect
    .poll(async () => (await admin.get(`/role-applications/${body.application.id}`)).body, {
      timeout: 10_000,
    })
    .toMatchObject({ state: "done", total: 1, done: 1 });
});

test("an application whose step fails says so, and goes on by itself once it can", async () => {
  const product = await createTestApp({ startJobs: true });
  onTestFinished(() => product.close());
  const entra = await createTestConnection(product);
  const person = await entra.createUser("ana@contoso.test");
  const groupId = await entra.createGroup("Finance", [person]);
  const admin = product.as(product.administrator);
  const [{ id: roleId }] = (await admin.get("/roles")).body.items;
  const sql = (text: string) => asOwner(product.database.ownerUrl, (client) => client.query(text));
  await sql("alter table accounts add constraint stuck check (role_origin <> 'mapping') not valid");

  const { body } = await admin.put(`/connections/${entra.connectionId}/group-mappings`, {
    mappings: [{ groupId, roleId }],
  });
  const application = async () =>
    (await admin.get(`/role-applications/${body.application.id}`)).body;

  await expect.poll(application, { timeout: 10_000 }).toMatchObject({
    state: "failed",
    error: "Something in Muster failed, and its log says what.",
    finishedAt: null,
    done: 0,
  });
  await sql("alter table accounts drop constraint stuck");
  await expect
    .poll(application, { timeout: 20_000 })
    .toMatchObject({ state: "done", error: null, done: 1, changed: 1 });
});
