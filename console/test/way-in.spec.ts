import type { Page } from "@playwright/test";
import { hold } from "./support/hold.ts";
import { administrator, startServer } from "./support/server.ts";
import { expect, test } from "./support/test.ts";

test("a deep link survives signing in", async ({ page }) => {
  await page.goto("/accounts?status=disabled&sort=-name");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByRole("textbox", { name: "Password" }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Sub Accounts" })).toBeVisible();
  await expect(page).toHaveURL(/\/accounts\?status=disabled&sort=-name$/);
});

test("a wrong password is refused without saying what was wrong", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByRole("textbox", { name: "Password" }).fill("not this one at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong");
});

test("signing in never leads to another site", async ({ page, server }) => {
  await page.goto("/sign-in?to=//evil.example/");
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByRole("textbox", { name: "Password" }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${server.url}/`);
});

test("who signs out is out", async ({ admin: page }) => {
  await page.goto("/");
  await userMenu(page).click();
  // Also before there is where to sign in.
  const letGo = await hold(page, /\/assets\/[^/]+\.js/);
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  letGo();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a session that has ended elsewhere leads to signing in and back", async ({
  admin: page,
  context,
}) => {
  let open = 0;
  page.on("request", () => (open += 1));
  for (const end of ["requestfinished", "requestfailed"] as const)
    page.on(end as "requestfinished", () => (open -= 1));
  await page.goto("/accounts");
  await expect(page.getByRole("table")).toBeVisible();
  // What was asked for before would be the first to be refused.
  await expect.poll(() => open).toBe(0);
  await context.clearCookies();
  await page.getByRole("link", { name: "Provisioning log" }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fprovisioning-log/);
});

test("until there is where to sign in, the page stays", async ({ admin: page, context }) => {
  await page.goto("/accounts");
  const heading = page.getByRole("heading", { level: 1, name: "Sub Accounts" });
  await expect(heading).toBeVisible();
  await expect(page.getByRole("table")).toBeVisible();
  const letGo = await hold(page, /\/assets\/[^/]+\.js/);
  await context.clearCookies();
  const refused = page.waitForResponse((answer) => answer.status() === 401);
  await page.getByRole("searchbox").fill("a");
  await (await refused).finished();
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  // The page is drawn again while it waits.
  await page.setViewportSize({ width: 390, height: 800 });
  await page.setViewportSize({ width: 1440, height: 800 });
  await expect(heading).toBeVisible();
  letGo();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a page that does not exist says so and leads on", async ({ admin: page }) => {
  await page.goto("/nowhere");
  await expect(
    page.getByRole("heading", { name: "There is no page at this address" }),
  ).toBeVisible();
});

test("somebody who does not exist is not tried again", async ({ admin: page }) => {
  await page.goto("/accounts/01900000-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { name: "Sub Account not found" })).toBeVisible();
  await page.getByRole("alert").getByRole("link", { name: "To the start" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("the printed link makes the first administrator, once", async ({ browser }) => {
  const fresh = await startServer({ withAdministrator: false });
  const page = await browser.newPage({ baseURL: fresh.url });
  try {
    await page.goto("/");
    await expect(page.getByText("Muster is not set up yet")).toBeVisible();
    await page.goto(fresh.setupLink ?? "");
    await page.getByLabel("Organisation name").fill("Contoso");
    await page.getByLabel("Your name").fill("Dana Reyes");
    await page.getByLabel("E-mail").fill(administrator.email);
    await page.getByRole("textbox", { name: "Password" }).fill("too short");
    await expect(page.getByText("At least 12 characters: not met yet")).toBeVisible();
    await page.getByRole("textbox", { name: "Password" }).fill(administrator.password);
    await expect(page.getByText("At least 12 characters: met")).toBeVisible();
    await page.getByRole("button", { name: "Set up Muster" }).click();
    await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
    await page.goto(fresh.setupLink ?? "");
    await expect(page.getByText("Muster is set up already")).toBeVisible();
  } finally {
    await page.close();
    await fresh.stop();
  }
});

test("a sign-in link lets somebody choose a password, once", async ({ admin: page, browser }) => {
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Noor Haddad");
  await dialog.getByLabel("E-mail").fill("noor@contoso.test");
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Noor Haddad" })).toBeVisible();
  await page.getByRole("button", { name: "Create sign-in link" }).click();
  const link = await page.getByRole("group", { name: "Link" }).locator("code").innerText();

  const guest = await browser.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Welcome, Noor Haddad" })).toBeVisible();
  await guest.getByRole("textbox", { name: "Password" }).fill("a password of Noor's");
  await guest.getByRole("button", { name: "Save and sign in" }).click();
  await expect(guest.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(guest.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await guest.context().clearCookies();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This link is used up" })).toBeVisible();
  await guest.close();
});

const userMenu = (page: Page) =>
  page.getByRole("complementary").getByRole("button", { name: /Administrator/ });
