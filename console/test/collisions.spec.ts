import { expectGoodLook, looks } from "./support/accessibility.ts";
import { expect, test } from "./support/test.ts";

test("somebody made by hand is joined with whom the directory sends, and split again", async ({
  admin: page,
  api,
  server,
}) => {
  const origin = { origin: server.url };
  await page.goto("/already-here");
  await expect(page.getByRole("heading", { name: "Nobody here" })).toBeVisible();

  await page.goto("/accounts");
  await page.getByRole("button", { name: "Add a person" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Ana Ito");
  await form.getByLabel("E-mail").fill("ana.ito@contoso.test");
  await form.getByLabel("Employee number").fill("E-77");
  await form.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Loanee" }).click();
  await form.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("heading", { name: "Ana Ito" })).toBeVisible();

  const made = await api.post("/api/v1/connections", { data: { name: "Entra" }, headers: origin });
  const { endpoint, token } = (await made.json()) as { endpoint: string; token: string };
  await api.post(`${endpoint}/Users`, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    data: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ana.ito@contoso.test",
      displayName: "Ana Ito",
      active: true,
    },
  });

  await expect(async () => {
    await page.goto("/already-here?view=certain");
    await expect(page.getByText("same e-mail address, same name").first()).toBeVisible();
  }).toPass();
  for (const look of looks) await expectGoodLook(page, look);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("button", { name: "Same person" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Join them?" });
  await dialog.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("has the history and the items of Ana Ito")).toBeVisible();

  await page.goto("/already-here?view=same");
  await page.getByRole("button", { name: "Split again" }).first().click();
  await page.getByRole("button", { name: "Split", exact: true }).click();
  await page.goto("/already-here?view=apart");
  await expect(page.getByText("Administrator,").first()).toBeVisible();
});
