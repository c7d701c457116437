import type { Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { runEntra } from "./support/entra.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 300_000 });

/** As everybody sees it; then as before. */
const lookAt = async (page: Page, name: string) => {
  for (const look of looks) {
    await expectGoodLook(page, look);
    const path = test.info().outputPath(`${name}-${look.width}-${look.colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
};

/** In the list that is open; behind it there are others. */
const choice = (page: Page, name: string | RegExp) =>
  page.getByRole("listbox").getByRole("option", { name });

test("tenants are added, renamed, looked at one by one, archived and restored", async ({
  admin: page,
}) => {
  await page.goto("/settings/tenants");
  for (const name of ["Leeds", "York"]) {
    await page.getByRole("button", { name: "Add a tenant" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  const leeds = page.getByRole("row", { name: /^Leeds/ });
  await expect(leeds).toBeVisible();
  await page.getByRole("button", { name: "Actions for York" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("New York");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("row", { name: /^New York/ })).toBeVisible();
  await lookAt(page, "tenants");

  const side = page.getByRole("complementary", { name: "Muster" });
  await side.getByRole("combobox", { name: "Tenant" }).click();
  await page.getByRole("option", { name: "Leeds", exact: true }).click();
  await page.goto("/accounts");
  await expect(page.getByText("0 people")).toBeVisible();
  await page.reload();
  await expect(side.getByRole("combobox", { name: "Tenant" })).toHaveValue("Leeds");
  await side.getByRole("combobox", { name: "Tenant" }).click();
  await page.getByRole("option", { name: "All tenants" }).click();
  await page.goto("/accounts");
  await expect(page.getByText("1 person")).toBeVisible();

  await page.goto("/settings/tenants");
  await page.getByRole("button", { name: "Actions for New York" }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  const question = page.getByRole("dialog", { name: "Archive New York?" });
  await expect(question).toContainText("stay as they are");
  await question.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("row", { name: /^New York/ })).toBeHidden();
  await page.getByText("Archived", { exact: true }).click();
  await page.getByRole("button", { name: "Actions for New York" }).click();
  await page.getByRole("menuitem", { name: "Restore" }).click();
  await page.getByText("In use", { exact: true }).click();
  await expect(page.getByRole("row", { name: /^New York/ })).toBeVisible();
});

test("rules by attribute send people to tenants; their effect is seen before, and the lobby after", async ({
  admin: page,
  api,
  server,
}) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  const { id, endpoint, token } = (await made.json()) as Record<string, string>;
  const { code, said } = await runEntra("sync", ["--url", endpoint!, "--token", token!]);
  expect(code, said).toBe(0);
  await page.goto(`/settings/integrations/scim/${id}?tab=roles`);

  await page.getByRole("combobox", { name: "Default access role" }).click();
  await choice(page, /^None/).click();
  await page.getByRole("button", { name: "Add a rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a rule" });
  await dialog.getByRole("combobox", { name: "Attribute" }).fill("userName");
  await dialog.getByRole("combobox", { name: "Attribute" }).press("Escape");
  await dialog.getByRole("combobox", { name: "Compared" }).click();
  await choice(page, "starts with").click();
  await dialog.getByRole("combobox", { name: "Values" }).fill("a");
  await dialog.getByRole("combobox", { name: "Values" }).press("Enter");
  await dialog.getByRole("combobox", { name: "Tenant" }).click();
  await choice(page, "Leeds").click();
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await choice(page, "Editor").click();
  await lookAt(page, "rule-dialog");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("list", { name: "Rules, by priority" })).toContainText(
    "userName starts with a",
  );

  await page.getByRole("button", { name: "Preview effect" }).click();
  const preview = page.getByRole("dialog", { name: "What would change" });
  await expect(preview).toContainText("to the lobby");
  await expect(preview).not.toContainText("role lock");
  await expect(preview.getByRole("row", { name: /Editor · Leeds/ }).first()).toBeVisible();
  await lookAt(page, "effect");
  await preview.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rules are saved and applied")).toBeVisible();
  await lookAt(page, "rules");
  await page.goto("/accounts?origin=mapping");
  await expect(page.getByText("because userName starts with a").first()).toBeVisible();
  await page.goto(`/settings/integrations/scim/${id}?tab=roles`);

  await page.getByRole("link", { name: "Try the rules" }).click();
  await page.getByRole("button", { name: "Add an attribute" }).click();
  await page.getByRole("combobox", { name: "Attribute 1" }).fill("userName");
  await page.getByRole("textbox", { name: "Value 1" }).fill("Adele@contoso.test");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("Editor in Leeds.", { exact: true })).toBeVisible();
  await lookAt(page, "simulator");

  await page.goto("/lobby");
  await expect(page.getByRole("table", { name: "People in the lobby" })).toBeVisible();
  await lookAt(page, "lobby");
  await page
    .getByRole("button", { name: /^Put into a tenant/ })
    .first()
    .click();
  const place = page.getByRole("dialog", { name: /into a tenant/ });
  await place.getByRole("combobox", { name: "Tenant" }).click();
  await choice(page, "Leeds").click();
  await place.getByRole("combobox", { name: "Access role" }).click();
  await choice(page, "Viewer").click();
  await place.getByRole("button", { name: "Put into tenant" }).click();
  await expect(page.getByText("has an account now")).toBeVisible();
});
