import { readFile } from "node:fs/promises";
import type { APIRequestContext, Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { runEntra } from "./support/entra.ts";
import type { Server } from "./support/server.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

type Connected = { id: string; endpoint: string; token: string };
let entra: Connected;

const connect = async (api: APIRequestContext, server: Server, name: string) => {
  const headers = { origin: server.url };
  const made = await api.post("/api/v1/connections", { data: { name }, headers });
  return (await made.json()) as Connected;
};

test.beforeAll(() => test.setTimeout(120_000));

const open = async (page: Page, tab = "connect") => {
  await page.goto(`/settings/integrations/scim/${entra.id}?tab=${tab}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
};

/** With SCREENSHOTS naming a folder, what is looked at is kept there. */
const lookAt = async (page: Page, name: string, fullPage = true) => {
  for (const look of looks) {
    await expectGoodLook(page, look);
    const folder = process.env["SCREENSHOTS"];
    if (folder !== undefined)
      await page.screenshot({
        path: `${folder}/${name}-${look.width}-${look.colorScheme}.png`,
        fullPage,
      });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
};

test("a client secret is made, shown once, and gets Entra in", async ({
  admin: page,
  api,
  server,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  entra = await connect(api, server, "Microsoft Entra ID");
  await open(page);
  const section = page.getByRole("region", { name: "OAuth client credentials" });
  await expect(section.getByText("There is none. Make one")).toBeVisible();
  await lookAt(page, "connection-new");

  await section.getByRole("button", { name: "Make a client secret" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a client secret" });
  await dialog.getByLabel("Label").fill("Entra, from November");
  await lookAt(page, "secret-dialog", false);
  await dialog.getByRole("button", { name: "Make the secret" }).click();
  await expect(section.getByText("Copy it now: it is shown this once")).toBeVisible();
  const copied = async (what: string) => {
    await section.getByRole("button", { name: `Copy ${what}`, exact: true }).click();
    await expect(section.getByRole("button", { name: `${what} copied` })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const form = {
    grant_type: "client_credentials",
    client_id: await copied("Client ID"),
    client_secret: await copied("Client secret"),
  };
  const address = new URL(await copied("Token endpoint"));
  const given = await api.post(`${server.url}${address.pathname}`, { form });
  expect(given.status()).toBe(200);
  const { access_token: accessToken } = (await given.json()) as { access_token: string };
  const users = await api.get(`${server.url}${new URL(entra.endpoint).pathname}/Users`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(users.status()).toBe(200);

  await open(page);
  await expect(section.getByText("msc_")).toBeVisible();
  await expect(section.getByText(form.client_secret)).toHaveCount(0);
  await expect(section.getByText(/Last used/)).toBeVisible();
});

test("two are live at most, and revoking the last says what breaks", async ({ admin: page }) => {
  await open(page);
  const section = page.getByRole("region", { name: "OAuth client credentials" });
  await section.getByRole("button", { name: "Make a client secret" }).click();
  await page.getByRole("dialog").getByLabel("Label").fill("From next year");
  await page.getByRole("dialog").getByRole("button", { name: "Make the secret" }).click();
  await expect(section.getByRole("button", { name: "Make a client secret" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await lookAt(page, "connection-secrets");
  await section.getByRole("button", { name: "Revoke Entra, from November" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(section.getByText("1 expired or revoked")).toBeVisible();
  await section.getByRole("button", { name: "Revoke From next year" }).click();
  await expect(page.getByRole("dialog")).toContainText("the only live client secret");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
});

test("a federated credential is made, told from what cannot be used, and revoked", async ({
  admin: page,
}) => {
  await open(page);
  const section = page.getByRole("region", { name: "Federated credentials" });
  await expect(section.getByText("There is none. Make one")).toBeVisible();
  await section.getByRole("button", { name: "Make a federated credential" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a federated credential" });
  const directory = "11111111-2222-4333-8444-555555555555";
  await dialog.getByLabel("Label").fill("Entra, Contoso's directory");
  await dialog.getByLabel("Issuer").fill(`https://login.microsoftonline.com/${directory}/v2.0`);
  await dialog.getByLabel("Subject").fill("7d0f5b0e-0000-4000-8000-00000000000a");
  await dialog.getByLabel("Audience").fill("api://019abc00-0000-7000-8000-000000000000");
  const keys = dialog.getByLabel("Keys");
  await expect(keys).toHaveValue(
    `https://login.microsoftonline.com/${directory}/discovery/v2.0/keys`,
  );
  await lookAt(page, "federated-dialog", false);

  const make = dialog.getByRole("button", { name: "Make it" });
  await keys.fill('{"keys": [');
  await make.click();
  await expect(dialog.getByText("neither an address nor a JSON Web Key Set")).toBeVisible();
  await keys.fill("https://10.0.0.7/keys");
  await make.click();
  await expect(dialog.getByText("in a private network")).toBeVisible();
  await lookAt(page, "federated-refused", false);
  await keys.fill("");
  await dialog.getByLabel("Issuer").focus();
  await keys.focus();
  await make.click();
  await expect(dialog).toBeHidden();
  await expect(section.getByText("Live")).toBeVisible();
  await expect(section.getByText(`${directory}/discovery/v2.0/keys`)).toBeVisible();
  await lookAt(page, "connection-federated");

  await section.getByRole("button", { name: "Revoke Entra, Contoso's directory" }).click();
  await expect(page.getByRole("dialog")).toContainText("the access tokens that were given");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await section.getByRole("button", { name: "Show 1 revoked" }).click();
  await expect(section.getByText("Revoked", { exact: true })).toBeVisible();
});

test("a limit is set, too low a one is refused with the reason, and what it held back is shown", async ({
  admin: page,
  api,
  server,
}) => {
  await open(page, "safeguards");
  const section = page.getByRole("region", { name: "Request limit" });
  await expect(section.getByText("None: as fast as Entra sends")).toBeVisible();
  await section.getByRole("button", { name: "Set a limit" }).click();
  const dialog = page.getByRole("dialog", { name: "Request limit" });
  await dialog.getByLabel("Requests a second").fill("10");
  await dialog.getByLabel("At once, after a rest").fill("30");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("at least 25 requests a second; below that")).toBeVisible();
  await lookAt(page, "limit-dialog", false);
  await dialog.getByLabel("Requests a second").fill("25");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(section.getByText("Up to 25 requests a second, 30 at once")).toBeVisible();

  const address = `${server.url}${new URL(entra.endpoint).pathname}/ServiceProviderConfig`;
  const headers = { authorization: `Bearer ${entra.token}` };
  const ask = async () => (await api.get(address, { headers })).status();
  await ask();
  await expect(async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, ask));
    expect(answers).toContain(429);
  }).toPass();
  await expect(section.getByText(/Throttled .* in the last hour/)).toBeVisible({ timeout: 20_000 });
  await lookAt(page, "connection-throttled");
  await section.getByRole("button", { name: "Change the limit" }).click();
  await dialog.getByRole("button", { name: "Take the limit away" }).click();
  await expect(section.getByText("None: as fast as Entra sends")).toBeVisible();
});

test("the log is exported with its filters, and kept as long as is chosen", async ({
  admin: page,
  api,
  server,
}) => {
  const pushed = await connect(api, server, "Fabrikam Entra");
  const { code, said } = await runEntra("sync", [
    "--url",
    pushed.endpoint,
    "--token",
    pushed.token,
  ]);
  expect(code, said).toBe(0);
  await page.goto("/provisioning-log?outcome=created");
  await expect(page.getByRole("link", { name: /Created/i }).first()).toBeVisible();
  await lookAt(page, "log", false);
  const download = async (item: string) => {
    await page.getByRole("button", { name: "Export" }).click();
    const started = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    const file = await started;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  };
  const csv = await download("CSV, for spreadsheets");
  expect(csv.name).toMatch(/^provisioning-log-.*\.csv$/);
  const [, ...lines] = csv.text.trimEnd().split("\r\n");
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line).toContain('"created"');
  const json = await download("JSON lines, with the bodies");
  expect(json.text.trimEnd().split("\n")).toHaveLength(lines.length);
  expect(json.text).toContain("userName");

  await page.getByRole("button", { name: "Kept: 180 days" }).click();
  const dialog = page.getByRole("dialog", { name: "How long to keep the log" });
  await lookAt(page, "retention-dialog", false);
  await dialog.getByRole("combobox", { name: "Keep each request for" }).click();
  await page.getByRole("option", { name: "For ever" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Kept: for ever" })).toBeVisible();
});
