import type { Locator, Page } from "@playwright/test";
import { hold } from "./support/hold.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

test("an asset is registered, its location made on the way", async ({ admin: page }) => {
  await page.goto("/assets");
  await page.getByRole("button", { name: "Register an asset" }).first().click();
  const drawer = page.getByRole("dialog", { name: "Register an asset" });
  await drawer.getByLabel("Name").fill("MacBook Air");
  await drawer.getByLabel("Cost").fill("1249.50");
  await choose(drawer, "Category", "Lap", "Laptop");
  await choose(drawer, "Location", "Lisbon", "Add “Lisbon”");
  await expect(drawer.getByRole("combobox", { name: "Location" })).toHaveValue("Lisbon");
  await drawer.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^AST-\d+ · MacBook Air$/);
  await expect(section(page, "Details")).toContainText("Lisbon");
  await expect(section(page, "Details")).toContainText("1,249.50");
});

test("what is emptied in the form is empty on the page", async ({ admin: page }) => {
  await openAsset(page, "MacBook Air");
  await page.getByRole("button", { name: "Edit" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Cost").fill("");
  await drawer.getByLabel("Serial number").fill("C02XK1");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await expect(section(page, "Details")).toContainText("C02XK1");
  await expect(section(page, "Details")).not.toContainText("Cost");
  await expect(section(page, "History")).toContainText("edited the asset");
});

test("a tag that is taken is not given twice", async ({ admin: page, api, server }) => {
  const { tag } = await makers(api, server).asset({ name: "Dock" });
  await openAsset(page, "MacBook Air");
  await page.getByRole("button", { name: "Edit" }).click();
  const field = page.getByRole("dialog").getByLabel("Asset tag");
  await field.fill(tag);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(tag);
  await expect(field).toHaveValue(tag);
});

test("it is checked out to somebody found by a part of their address, and that can be undone", async ({
  admin: page,
  api,
  server,
}) => {
  const make = makers(api, server);
  for (const name of ["Ana Ito", "Noor Haddad", "Tom Reyes"]) await make.person(name);
  await openAsset(page, "MacBook Air");
  await checkOutTo(page, "noor.had", "Noor Haddad");
  // What offers it stays for as long as one is about to press it.
  await page.getByRole("button", { name: "Undo" }).hover();
  await expect(section(page, "Holder")).toContainText("Noor Haddad");
  await expect(section(page, "Holder")).toContainText("was due");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(section(page, "Holder")).toContainText("Nobody holds it");
  await expect(section(page, "Custody")).toContainText("Checked out by mistake");
});

test("checking out to nobody is said at the field", async ({ admin: page }) => {
  await openAsset(page, "MacBook Air");
  await page.getByRole("button", { name: "Check out" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Check out" }).click();
  await expect(dialog.getByText("Choose who gets it.")).toBeVisible();
});

test("until a name has been searched, nobody else is offered", async ({ admin: page }) => {
  await openAsset(page, "MacBook Air");
  await page.getByRole("button", { name: "Check out" }).click();
  const person = page.getByRole("dialog").getByRole("combobox", { name: "Person" });
  await person.click();
  const options = page.getByRole("option");
  await expect(options.filter({ hasText: "Ana Ito" })).toBeVisible();
  const letGo = await hold(page, /accounts\?.*search=noor/);
  await person.fill("noor");
  await expect(options).toHaveText([/^Noor Haddad/]);
  await person.fill("noor.had");
  await expect(page.getByText("Searching…")).toBeVisible();
  letGo();
  await expect(options).toHaveText([/^Noor Haddad/]);
});

test("checked in, it is where and as it was said to be", async ({ admin: page }) => {
  await openAsset(page, "MacBook Air");
  await checkOutTo(page, "ana", "Ana Ito");
  await page.getByRole("button", { name: /^Check in/ }).click();
  const dialog = page.getByRole("dialog");
  await choose(dialog, "Status", "", "In repair");
  await choose(dialog, "Location", "Oslo", "Add “Oslo”");
  await dialog.getByLabel("Note").fill("The lid is cracked");
  await dialog.getByRole("button", { name: "Check in" }).click();
  await expect(page.getByText("Returned by Ana Ito.")).toBeVisible();
  await expect(section(page, "Details")).toContainText("Oslo");
  await expect(section(page, "Holder")).toContainText("While its status is In repair");
  await expect(section(page, "Custody")).toContainText("The lid is cracked");
});

test("a leaver's items are got back from the recovery, until it closes by itself", async ({
  admin: page,
  api,
  server,
}) => {
  const make = makers(api, server);
  const leaver = await make.person("Kwame Mensah");
  for (const name of ["iPhone 17", "UltraSharp"])
    await make.checkOut(await make.asset({ name }), leaver);
  await make.disable(leaver);

  await page.goto("/");
  await expect(section(page, "Must come back")).toContainText("2 of 2 out");
  await page.getByRole("link", { name: "Recoveries 1 open" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Recoveries" })).toBeVisible();
  await page.getByRole("link", { name: "Kwame Mensah" }).click();
  await page.getByRole("button", { name: /^Check in .*UltraSharp/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Check in" }).click();
  await expect(section(page, "Settled")).toContainText("Returned");

  await page.getByRole("button", { name: /^Check in .*iPhone/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Written off").click();
  await dialog.getByRole("button", { name: "Write off" }).click();
  await expect(dialog.getByText("Choose what has become of it.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Status" }).click();
  await expect(page.getByRole("option", { name: "Ready to deploy" })).toHaveCount(0);
  await page.getByRole("option", { name: "Lost" }).click();
  await dialog.getByRole("button", { name: "Write off" }).click();
  await expect(page.getByText("Closed", { exact: true })).toBeVisible();
  await expect(section(page, "Settled")).toContainText("Written off");

  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Recoveries" })
    .click();
  await expect(page.getByText("Nothing has to come back")).toBeVisible();
  await page.getByText("Closed", { exact: true }).click();
  await expect(page.getByRole("link", { name: "Kwame Mensah" })).toBeVisible();
  await expect(page).toHaveURL(/state=closed/);
});

test("the register's filters are in the address, and the back button takes them back", async ({
  admin: page,
}) => {
  await page.goto("/assets");
  await expect(rows(page)).toHaveCount(4);
  await choose(page.getByRole("search"), "Status", "", "Lost");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("link", { name: /^AST/ })).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(4);
  await page.reload();
  await expect(rows(page)).toHaveCount(4);
  await page.keyboard.press("/");
  await page.keyboard.type("ultra");
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/search=ultra/);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Asset", exact: true }).click();
  await expect(page).toHaveURL(/sort=-tag/);
});

test("each count of the overview leads to as many", async ({ admin: page }) => {
  await page.goto("/");
  const link = page.getByRole("link", { name: /available$/ });
  const count = Number.parseInt(await link.innerText(), 10);
  await link.click();
  await expect(rows(page)).toHaveCount(count);
});

test("somebody without permissions sees their items and nothing else", async ({
  api,
  server,
  browser,
}) => {
  const make = makers(api, server);
  const loanee = await make.person("Yui Tanaka");
  await make.checkOut(await make.asset({ name: "Headset" }), loanee);
  const link = await make.signInLink(loanee);
  const page = await browser.newPage({ baseURL: server.url });
  await page.goto(link);
  await page.getByRole("textbox", { name: "Password" }).fill("a password of Yui's");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByRole("heading", { name: "My items" })).toBeVisible();
  await expect(page.getByText("Headset")).toBeVisible();
  await expect(page.getByRole("button", { name: /Check in/ })).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveCount(1);
  await page.close();
});

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

const rows = (page: Page) => page.getByRole("table", { name: "Assets" }).locator("tbody tr");

const openAsset = async (page: Page, name: string) => {
  await page.goto(`/assets?search=${encodeURIComponent(name)}`);
  await page
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
};

const choose = async (place: Locator, label: string, text: string, option: string) => {
  const box = place.getByRole("combobox", { name: label, exact: true });
  await box.click();
  if (text) await box.fill(text);
  await place.page().getByRole("option", { name: option, exact: true }).click();
};

const checkOutTo = async (page: Page, text: string, name: string) => {
  await page.getByRole("button", { name: "Check out" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Person" }).fill(text);
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await dialog.getByLabel("Due back on").fill("2020-02-29");
  await dialog.getByRole("button", { name: "Check out" }).click();
  await expect(page.getByText(`Checked out to ${name}.`)).toBeVisible();
};
