import type { Page } from "@playwright/test";
import { answering } from "./support/answer.ts";
import { hold } from "./support/hold.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 120_000 });

const goToAssets = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Assets" }).click();

const expectAssets = async (page: Page) => {
  await expect(page.getByRole("heading", { level: 1, name: "Assets" })).toBeVisible();
  await expect(page).toHaveURL(/\/assets$/);
};

/** Types, and goes to a page whose code has not come when the typed text is taken. */
const typeAndGo = async (page: Page, path: string, label: string) => {
  await page.clock.install();
  await page.goto(path);
  const input = page.getByLabel(label, { exact: true });
  await expect(input).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const letGo = await hold(page, /\/assets\/[^/]+\.js/);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await input.fill("4");
  await goToAssets(page);
  await page.clock.runFor(1_000);
  await page.clock.resume();
  letGo();
  await expectAssets(page);
};

test("whoever searches and follows a link at once gets there, however slowly", async ({
  admin: page,
}) => {
  await typeAndGo(page, "/ledger", "Search the ledger");
});

test("whoever types into a filter and follows a link at once gets there too", async ({
  admin: page,
  api,
  server,
}) => {
  const { id } = await makers(api, server).connection("Microsoft Entra ID");
  const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";
  const made = await api.post(`/api/v1/connections/${id}/attributes`, {
    data: { urn, name: "floor", type: "string", shownAs: "Floor" },
    headers: { origin: server.url },
  });
  const { items } = (await made.json()) as { items: { id: string }[] };
  await typeAndGo(page, `/accounts?attribute=${items[0]?.id}`, "Floor");
});

test("what is done when one has gone on leads nobody away from where they are", async ({
  admin: page,
  api,
}) => {
  await page.goto("/settings/access-roles/new");
  await page.getByLabel("Name").fill("Warehouse");
  const made = await hold(page, /\/api\/v1\/roles$/, "POST");
  await page.getByRole("button", { name: "Make access role" }).click();
  await answering(page, "accept", () => goToAssets(page));
  await expectAssets(page);
  made();
  await expect(page.getByText("The access role is made.")).toBeVisible();
  await expectAssets(page);

  const { items } = (await (await api.get("/api/v1/ledger?action=role.created")).json()) as {
    items: { id: string }[];
  };
  await page.goto(`/ledger/${items[0]?.id}`);
  const planned = await hold(page, /\/api\/v1\/ledger\/undos$/);
  await page.getByRole("button", { name: "Undo this…" }).click();
  await goToAssets(page);
  await expectAssets(page);
  // The list is read again because of the answer, so what else follows from that has begun when it has come.
  const readAgain = page.waitForResponse(/\/api\/v1\/assets\?/);
  planned();
  await readAgain;
  await expectAssets(page);
});

test("nor does a dialog that was left by the browser's way back", async ({ admin: page }) => {
  await page.goto("/assets");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Sub Accounts" })
    .click();
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ana Ito");
  await dialog.getByLabel("E-mail").fill("ana@contoso.test");
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  const added = await hold(page, /\/api\/v1\/accounts$/, "POST");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.goBack();
  await expectAssets(page);
  added();
  await expect(page.getByText("Ana Ito is added.")).toBeVisible();
  await expectAssets(page);
});

test("an address that ends in a slash is the same page: what is typed there is searched", async ({
  admin: page,
}) => {
  await page.goto("/ledger/");
  await page.getByLabel("Search the ledger", { exact: true }).fill("nobody");
  await expect(page).toHaveURL(/\/ledger\/?\?.*nobody/);
});
