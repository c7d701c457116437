import { expect, onTestFinished, test } from "vitest";
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
