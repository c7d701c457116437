import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answering } from "./support/answer.ts";
import { runEntra } from "./support/entra.ts";
import { hold } from "./support/hold.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

let endpoint = "";
let token = "";
let folder = "";

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-entra-"));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

const sync = () =>
  runEntra("sync", ["--url", endpoint, "--token", token, "--state", join(folder, "state.json")]);

const copy = async (page: Page, what: string) => {
  await page.getByRole("button", { name: `Copy ${what}`, exact: true }).click();
  await expect(page.getByRole("button", { name: `${what} copied`, exact: true })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
};

const scimPage = "/settings/integrations/scim";
const rolesTab = `${scimPage}?tab=roles`;

test("Configure gives an Endpoint and a Token to copy", async ({ admin: page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings/integrations");
  await page.getByRole("link", { name: "Configure" }).click();
  await page.getByRole("button", { name: "Connect Microsoft Entra ID" }).click();
  await expect(page.getByRole("heading", { name: "Microsoft Entra ID", level: 1 })).toBeVisible();
  endpoint = await copy(page, "Endpoint");
  token = await copy(page, "Token");
  expect(endpoint).toMatch(/^http.*\/scim\/v2\//);
  expect(token).toMatch(/^mst_/);
  await expect(page.getByText("Waiting for the first call")).toBeVisible();
});

test("the token is shown this once", async ({ admin: page }) => {
  await page.goto(scimPage);
  await expect(page.getByText(token.slice(0, 8))).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);
});

test("Test Connection with a wrong token is shown, with what to do", async ({ admin: page }) => {
  await page.goto(scimPage);
  const { code } = await runEntra("test", ["--url", endpoint, "--token", "mst_wrong"]);
  expect(code).toBe(2);
  await expect(page.getByText("The last call had wrong credentials")).toBeVisible();
});

test("people and groups show up while the page is looked at", async ({ admin: page }) => {
  await page.goto(scimPage);
  const { code, said } = await sync();
  expect(code, said).toBe(0);
  await expect(page.getByText("Credentials are right")).toBeVisible();
  await page.getByRole("tab", { name: /^Setup doctor/ }).click();
  await expect(page.getByText("People arrive.")).toBeVisible();
  await page.getByRole("tab", { name: "Roles" }).click();
  await expect(groupRow(page, "IT Operations")).toBeVisible();
});

test("a mapping is looked at, then saved, and changes people's access", async ({ admin: page }) => {
  await page.goto(rolesTab);
  await roleOf(page, "IT Operations").selectOption("Editor");
  await roleOf(page, "All Employees").selectOption("Viewer");
  await page.getByRole("button", { name: "Preview effect" }).click();
  const preview = page.getByRole("dialog", { name: "What would change" });
  await expect(preview.getByRole("row", { name: /Loanee Editor/ }).first()).toBeVisible();
  await preview.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rules are saved and applied")).toBeVisible();

  await page.goto("/accounts?origin=mapping");
  await expect(page.getByText("from IT Operations").first()).toBeVisible();
  await expect(page.getByText("from All Employees").first()).toBeVisible();
});

test("priority is changed by keyboard, and the first mapping wins", async ({ admin: page }) => {
  await page.goto(rolesTab);
  const mapped = page.getByRole("list", { name: "Rules, by priority" });
  await expect(mapped.getByRole("listitem").first()).toContainText("IT Operations");
  await page.getByRole("button", { name: "Move IT Operations down" }).press("Enter");
  await expect(mapped.getByRole("listitem").first()).toContainText("All Employees");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(mapped.getByRole("listitem").first()).toContainText("IT Operations");
});

test("priority is changed by dragging", async ({ admin: page }) => {
  await page.goto(rolesTab);
  const mapped = page.getByRole("list", { name: "Rules, by priority" });
  const handle = page.getByRole("button", { name: /^Drag All Employees/ });
  const target = page.getByRole("button", { name: /^Drag IT Operations/ });
  await handle.hover();
  await page.mouse.down();
  const { x, y } = (await target.boundingBox()) ?? { x: 0, y: 0 };
  // Moved until it is seen to have been followed.
  await expect(async () => {
    await page.mouse.move(x + 8, y + 40, { steps: 5 });
    await page.mouse.move(x + 8, y, { steps: 10 });
    await expect(mapped.getByRole("listitem").first()).toContainText("All Employees");
  }).toPass();
  await page.mouse.up();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  await expect(mapped.getByRole("listitem").first()).toContainText("All Employees");
  await page.getByRole("button", { name: "Discard" }).click();
});

test("a locked role holds while the rules change, and unlocking can be undone", async ({
  admin: page,
}) => {
  await page.goto("/accounts?origin=mapping&search=ana%20ito");
  await page.getByRole("link", { name: "Ana Ito" }).click();
  await expect(roleShown(page)).toContainText("Viewer");
  await page.getByRole("switch", { name: "Role lock" }).click({ force: true });
  const dialog = page.getByRole("dialog", { name: "Lock the role" });
  await expect(dialog.getByText("The directory would give")).toContainText("Viewer");
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Editor" }).click();
  await dialog.getByLabel("Reason").fill("Covers for Tom until March");
  await dialog.getByRole("button", { name: "Lock role" }).click();
  // The reason stands in the dialog's own field too: what counts is that it was answered.
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Covers for Tom until March").first()).toBeVisible();
  const person = page.url();

  await page.goto(rolesTab);
  await page.getByRole("button", { name: "Unmap All Employees" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rules are saved and applied")).toBeVisible();

  await page.goto(person);
  await expect(page.getByText("The directory would give")).toContainText("Loanee");
  await expect(roleShown(page)).toContainText("Editor");
  await page.getByRole("switch", { name: "Role lock" }).click({ force: true });
  // What offers it stays for as long as one is about to press it.
  await page.getByRole("button", { name: "Undo" }).hover();
  await expect(roleShown(page)).toContainText("Loanee");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(roleShown(page)).toContainText("Editor");
});

test("leaving unsaved rules asks first", async ({ admin: page }) => {
  await page.goto(rolesTab);
  await roleOf(page, "Finance").selectOption("Viewer");
  const leave = () => page.getByRole("link", { name: "Sub Accounts" }).click();
  await answering(page, "dismiss", leave);
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  await answering(page, "accept", leave);
  await expect(page.getByRole("heading", { name: "Sub Accounts" })).toBeVisible();
});

test("what is edited while the rules are being saved stays an edit", async ({ admin: page }) => {
  await page.goto(rolesTab);
  const rules = page.getByRole("list", { name: "Rules, by priority" });
  await roleOf(page, "Finance").selectOption("Viewer");
  await expect(rules).toContainText("Finance");
  const saved = await hold(page, /group-mappings$/, "PUT");
  await page.getByRole("button", { name: "Save" }).click();
  await roleOf(page, "Finance").selectOption("Editor");
  // What was saved is shown before it has been read again.
  const readAgain = await hold(page, /group-mappings$/, "GET");
  const answer = page.waitForResponse(
    (response) => response.request().method() === "PUT" && response.ok(),
  );
  saved();
  await (await answer).finished();
  await expect(page.getByRole("button", { name: "Save" })).not.toHaveAttribute("data-loading");
  await expect(roleOf(page, "Finance").locator("option:checked")).toHaveText("Editor");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(roleOf(page, "Finance").locator("option:checked")).toHaveText("Viewer");
  readAgain();
  await page.getByRole("button", { name: "Unmap Finance" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rules are saved and applied")).toBeVisible();
});

test("tabs are gone through by keyboard, linked, gone back to, and keep what is not saved", async ({
  admin: page,
}) => {
  const tab = (name: string | RegExp) => page.getByRole("tab", { name });
  const panel = (name: string | RegExp) => page.getByRole("tabpanel", { name });
  await page.goto("/");
  await page.goto(scimPage);
  await expect(tab("Connect")).toHaveAttribute("aria-selected", "true");
  await expect(tab(/^Setup doctor\W+\d+\s+to look at$/)).toBeVisible();
  await tab("Connect").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tab("Roles")).toBeFocused();
  await expect(panel("Connect")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/scim\?tab=roles$/);
  await roleOf(page, "Finance").selectOption("Viewer");
  await page.keyboard.press("Escape");
  await tab("Behaviour").click();
  await expect(panel("Behaviour")).toBeVisible();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/scim\?tab=roles$/);
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  await expect(roleOf(page, "Finance")).toHaveValue(/./);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.goBack();
  await expect(panel("Connect")).toBeVisible();
  await page.goForward();
  await page.reload();
  await expect(panel("Roles")).toBeVisible();
  await page.goto(`${scimPage}?tab=nothing-is-named-like-this`);
  await expect(panel("Connect")).toBeVisible();
});

test("links from elsewhere lead to the tab they mean", async ({ admin: page }) => {
  const chosen = (name: string) => page.getByRole("tab", { name, selected: true });
  await page.goto("/lobby");
  await page.getByRole("link", { name: "Change the rules" }).click();
  await expect(chosen("Roles")).toBeVisible();
  await page.getByRole("link", { name: "Try the rules" }).click();
  await page.getByRole("main").getByRole("link", { name: "Microsoft Entra ID" }).click();
  await expect(chosen("Roles")).toBeVisible();
  await page.goto(`${new URL(page.url()).pathname}/held`);
  await page.getByRole("main").getByRole("link", { name: "Microsoft Entra ID" }).click();
  await expect(chosen("Safeguards")).toBeVisible();
  await page.getByRole("tab", { name: "Connect" }).click();
  await page.getByText("In Entra, do this").click();
  await page.getByRole("link", { name: "Attributes", exact: true }).click();
  await expect(chosen("Attributes")).toBeVisible();
  await expect(page.getByRole("table", { name: "Attribute mapping of users" })).toBeVisible();
});

test("the log tells what each request was and what it changed", async ({ admin: page }) => {
  await page.goto("/provisioning-log?outcome=created&search=ana");
  await page
    .getByRole("link", { name: /Ana Ito/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "request as JSON" })).toContainText('"userName"');
  await expect(page.getByText("Sub Account created")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/outcome=created&search=ana/);
});

test("a second token takes over, and revoking the last says what breaks", async ({
  admin: page,
}) => {
  await page.goto(scimPage);
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("dialog").getByLabel("Label").fill("From December");
  await page.getByRole("dialog").getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByText("Copy it now: it is shown this once")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a token" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.getByRole("button", { name: "Revoke First token" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("1 expired or revoked")).toBeVisible();
  await page.getByRole("button", { name: "Revoke From December" }).click();
  await expect(page.getByRole("dialog")).toContainText("the only live token");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
});

const groupRow = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

const roleOf = (page: Page, group: string) =>
  page.getByRole("combobox", { name: `Access role of ${group}` });

const roleShown = (page: Page) => page.getByRole("region", { name: "Access role" });
