import type { Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { enterAs } from "./support/enter-as.ts";
import { runEntra } from "./support/entra.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

const everyLook = async (page: Page) => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  for (const look of looks) await expectGoodLook(page, look);
  await page.setViewportSize({ width: 1440, height: 900 });
};

const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

test("a built-in role is shown as it is, and copied", async ({ admin: page }) => {
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByText("Access roles").click();
  await expect(page.getByText("None yet.")).toBeVisible();
  await everyLook(page);
  await page.getByRole("link", { name: "Editor" }).click();
  await expect(page.getByText("Editor is built in and stays as it is.")).toBeVisible();
  await expect(box(page, "Assets: Edit")).toBeChecked();
  await expect(box(page, "Assets: Edit")).toBeDisabled();
  await everyLook(page);
  await page.getByRole("link", { name: "Make a copy" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Copy of Editor");
});

test("a role is limited to a place of another tenant, which is called by its name", async ({
  admin: page,
  api,
  server,
}) => {
  const leeds = await makers(api, server).tenant("Leeds");
  const made = await api.post(`/api/v1/locations?tenantId=${leeds.id}`, {
    data: { name: "Wellington Street" },
    headers: { origin: server.url },
  });
  expect(made.ok()).toBe(true);
  await page.goto("/settings/access-roles/new");
  await page.getByLabel("Name").fill("Leeds desk");
  await box(page, "Assets: View").check();
  await page.getByRole("combobox", { name: "Tenants" }).click();
  await page.getByRole("option", { name: "Leeds" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Locations" }).click();
  await page.getByRole("option", { name: "Wellington Street · Leeds" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Tenants" }).press("Backspace");
  await page.getByRole("button", { name: "Make access role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Leeds desk" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main").getByText("Wellington Street · Leeds")).toBeVisible();
  await everyLook(page);
});

test("a role is made in the matrix, by row, by column and by keyboard", async ({ admin: page }) => {
  await page.goto("/settings/access-roles/new");
  await page.getByLabel("Name").fill("Help desk");
  await page.getByLabel("Description").fill("Hands out and takes back.");
  await box(page, "Everything: Custody").check();
  await expect(box(page, "Custody: Check out")).toBeChecked();
  await box(page, "Everything: View").check();
  await expect(box(page, "Ledger: View")).toBeChecked();
  await expect(box(page, "Everything: Assets")).toHaveJSProperty("indeterminate", true);
  await box(page, "Everything: View").uncheck();
  await expect(box(page, "Custody: Check out")).not.toBeChecked();
  await box(page, "Custody: Check in").check();
  await expect(box(page, "Custody: View")).toBeChecked();
  await box(page, "Assets: View").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(box(page, "Assets: Create")).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(box(page, "Sub Accounts: Create")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await expect(box(page, "Sub Accounts: View")).toBeChecked();
  await page.getByRole("combobox", { name: "Categories" }).click();
  await page.getByRole("option", { name: "Laptop" }).click();
  await page.keyboard.press("Escape");
  await everyLook(page);
  await page.getByRole("button", { name: "Make access role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Help desk" })).toBeVisible();
  await expect(page.getByText("Nobody has it and nothing gives it.")).toBeVisible();
});

test("who has it sees what it allows and nothing else, and follows its changes", async ({
  admin: page,
  api,
  server,
  browser,
}) => {
  const make = makers(api, server);
  const helper = await make.person("Hedda Help", "Help desk");
  await make.asset({ name: "Docking station" });
  await make.asset({ name: "Standing desk" });
  const { items } = (await (await api.get("/api/v1/asset-categories")).json()) as {
    items: { id: string; name: string }[];
  };
  const assets = (await (await api.get("/api/v1/assets?search=docking")).json()) as {
    items: { id: string }[];
  };
  await api.patch(`/api/v1/assets/${assets.items[0]?.id}`, {
    data: { categoryId: items.find(({ name }) => name === "Laptop")?.id },
    headers: { origin: server.url },
  });
  const theirs = await enterAs(browser, server, await make.signInLink(helper));
  await theirs.goto("/");
  const main = theirs.getByRole("navigation", { name: "Main" });
  await expect(main.getByRole("link")).toHaveText([
    /Overview/,
    /Assets/,
    /Sub Accounts/,
    /Recoveries/,
  ]);
  await theirs.goto("/assets");
  await expect(theirs.getByRole("button", { name: "Register an asset" })).toBeVisible();
  await expect(theirs.getByRole("status")).toHaveText("1 asset");
  await theirs.getByRole("link", { name: /^AST-/ }).first().click();
  await expect(theirs.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Edit" })).toHaveCount(0);
  await expect(theirs.getByRole("button", { name: "Check out" })).toHaveCount(0);
  await theirs.goto("/settings/access-roles");
  await expect(theirs.getByText("You may not see this page")).toBeVisible();

  await page.goto("/settings/access-roles");
  await expect(page.getByRole("listitem").filter({ hasText: "Help desk" })).toContainText(
    "1 person",
  );
  await page.getByRole("link", { name: "Help desk" }).click();
  await box(page, "Custody: Check out").check();
  await box(page, "Assets: Create").uncheck();
  await expect(page.getByText("Holds at once for 1 person.")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It holds at once")).toBeVisible();
  await expect(page.getByText("now allows Custody: Check out")).toBeVisible();

  await theirs.goto("/assets");
  await expect(theirs.getByText("Docking station")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Register an asset" })).toHaveCount(0);
  await theirs.getByRole("link", { name: /^AST-/ }).first().click();
  await expect(theirs.getByRole("button", { name: "Check out" })).toBeVisible();
  await theirs.context().close();
});

test("it goes when another takes its place", async ({ admin: page }) => {
  await page.goto("/settings/access-roles");
  await page.getByRole("link", { name: "Help desk" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 Sub Account has it (Hedda Help)");
  await dialog.getByRole("button", { name: "Replace and delete" }).click();
  await expect(dialog).toContainText("Choose the access role that takes its place.");
  await expect(dialog.getByRole("combobox", { name: "Put in its place" })).toBeFocused();
  await everyLook(page);
  await dialog.getByRole("combobox", { name: "Put in its place" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Replace and delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Access roles" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Help desk" })).toHaveCount(0);
  await page.goto("/accounts?search=Hedda");
  await expect(page.getByRole("table")).toContainText("Viewer");
});

test("a lock with a last day, and why somebody has their role", async ({
  admin: page,
  api,
  server,
}) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  const { endpoint, token } = (await made.json()) as { endpoint: string; token: string };
  const { code, said } = await runEntra("sync", ["--url", endpoint, "--token", token]);
  expect(code, said).toBe(0);
  await page.goto("/accounts?origin=default");
  const link = page.getByRole("table").getByRole("link").first();
  const name = (await link.textContent()) ?? "";
  await link.click();
  const why = page.getByRole("region", { name: "Why" });
  await expect(why).toContainText("Loanee, the default access role, because no rule takes them.");
  await expect(why.getByRole("link", { name: /created a person/ })).toBeVisible();
  await page.getByRole("button", { name: "Change role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Editor" }).click();
  await dialog.getByLabel("Reason").fill("Covers for a colleague");
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel("Last day").fill(soon);
  await everyLook(page);
  await dialog.getByRole("button", { name: "Lock role" }).click();
  await expect(page.getByText(/Ends soon/)).toBeVisible();
  await expect(why.getByRole("listitem").first()).toContainText(
    "Editor, because the role is locked",
  );
  await expect(why).toContainText("the role lock comes before it");
  await everyLook(page);
  for (const [filter, choice] of [
    ["lock=drifted", "Differs from the directory"],
    ["lock=ending", "Ends within a week"],
  ] as const) {
    await page.goto(`/accounts?${filter}`);
    await expect(page.getByRole("combobox", { name: "Role lock" })).toHaveValue(choice);
    await expect(page.getByRole("status")).toHaveText("1 person");
    await expect(page.getByRole("table")).toContainText(name);
    await expect(page.getByRole("table")).toContainText("directory would give Loanee");
  }
  await everyLook(page);
  await page.goto("/");
  await page.getByRole("link", { name: "1 lock ends soon" }).click();
  await expect(page.getByRole("status")).toHaveText("1 person");
});
