import type { APIRequestContext, Page } from "@playwright/test";
import { connectionTabs } from "../src/provisioning/connection-tabs.ts";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { runEntra } from "./support/entra.ts";
import { crowd } from "./support/crowd.ts";
import type { Server } from "./support/server.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 900_000 });

const firstId = async (api: APIRequestContext, list: string): Promise<string> => {
  const { items } = (await (await api.get(`/api/v1${list}`)).json()) as { items: { id: string }[] };
  return items[0]?.id ?? "";
};

const connection = async (api: APIRequestContext) =>
  `/settings/integrations/scim/${await firstId(api, "/connections")}`;

const firstCause = async (api: APIRequestContext): Promise<string> => {
  const { items } = (await (await api.get("/api/v1/ledger?limit=100")).json()) as {
    items: { cause: { id: string | null } }[];
  };
  return items.find(({ cause }) => cause.id !== null)?.cause.id ?? "";
};

/** Looked at, and not carried out. */
const undoOf = async (api: APIRequestContext, server: Server): Promise<string> => {
  const day = 86_400_000;
  const data = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const headers = { origin: server.url };
  const made = await api.post("/api/v1/ledger/undos", { data, headers });
  return ((await made.json()) as { id: string }).id;
};

/** Every page, and how to tell that it has arrived. */
const pages = (
  api: APIRequestContext,
  server: Server,
): { path: () => Promise<string> | string }[] => [
  { path: () => "/" },
  { path: () => "/assets" },
  { path: async () => `/assets/${await firstId(api, "/assets")}` },
  { path: () => "/assets?search=nothing-is-named-like-this" },
  { path: () => "/recoveries" },
  { path: async () => `/recoveries/${await firstId(api, "/recoveries")}` },
  { path: () => "/recoveries?state=closed" },
  { path: () => "/my-items" },
  { path: () => "/accounts" },
  { path: async () => `/accounts/${await firstId(api, "/accounts?sort=-name")}` },
  { path: () => "/accounts?search=nobody-is-named-like-this" },
  { path: () => "/duplicates" },
  { path: () => "/duplicates?state=certain" },
  { path: () => "/duplicates?state=apart" },
  { path: () => "/duplicates?tab=returned" },
  { path: () => "/duplicates?tab=returned&state=same" },
  { path: () => "/ledger" },
  { path: () => "/ledger?search=nothing-is-named-like-this" },
  { path: async () => `/ledger/${await firstId(api, "/ledger")}` },
  { path: async () => `/ledger/causes/${await firstCause(api)}` },
  { path: async () => `/ledger/undos/${await undoOf(api, server)}` },
  { path: () => "/provisioning-log" },
  { path: async () => `/provisioning-log/${await firstId(api, "/provisioning-log")}` },
  { path: () => "/settings/integrations" },
  ...connectionTabs.map(({ value }) => ({
    path: () => `/settings/integrations/scim?tab=${value}`,
  })),
  { path: async () => `${await connection(api)}/held` },
  { path: async () => `${await connection(api)}/held?state=discarded` },
  { path: async () => `${await connection(api)}/simulator` },
  { path: () => "/settings/access-roles" },
  { path: () => "/settings/access-roles/new" },
  { path: async () => `/settings/access-roles/${await firstId(api, "/roles")}` },
  { path: () => "/settings/tenants" },
  { path: () => "/settings/tenants?state=archived" },
  { path: () => "/lobby" },
  { path: () => "/change-password" },
  { path: () => "/nowhere" },
];

test("every page of an empty organisation looks right to everybody", async ({
  admin,
  api,
  server,
}) => {
  for (const { path } of pages(api, server)) await lookAt(admin, await path(), "empty");
});

test("every page of one with much of everything looks right to everybody", async ({
  admin,
  api,
  server,
}) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  const connected = (await made.json()) as { id: string; endpoint: string; token: string };
  const { endpoint, token } = connected;
  const { code, said } = await runEntra("sync", ["--url", endpoint, "--token", token]);
  expect(code, said).toBe(0);
  await crowd({ api, server }, connected);
  for (const { path } of pages(api, server)) await lookAt(admin, await path(), "crowded");
});

test("so do the dialogs for assets", async ({ admin: page }) => {
  for (const [path, button] of [
    ["/assets", "Register an asset"],
    ["/assets?held=false", "Check out"],
    ["/assets?held=true", /^Check in/],
  ] as const) {
    await page.goto(path);
    if (button !== "Register an asset")
      await page.getByRole("link", { name: /^AST-/ }).first().click();
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    for (const look of looks) await expectGoodLook(page, look);
  }
});

test("so do the pages of those who are not signed in", async ({ page }) => {
  for (const path of ["/sign-in", "/setup?token=wrong", "/welcome/wrong"])
    await lookAt(page, path, "outside");
});

test("so does the navigation on a small screen", async ({ admin: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Navigation" }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("link", { name: "Assets" })).toBeVisible();
  for (const look of looks.filter(({ width }) => width === 390)) await expectGoodLook(page, look);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("button", { name: "Navigation" })).toBeFocused();
});

/** Keeps a picture of each look where SHOTS says, for somebody to look at. */
const lookAt = async (page: Page, path: string, state: string) => {
  await test.step(path, async () => {
    await page.goto(path);
    await expect(
      page
        .getByRole("heading", { level: 1 })
        .or(page.getByRole("heading", { level: 2 }))
        .first(),
    ).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    for (const look of looks) {
      await expectGoodLook(page, look);
      const folder = process.env["SHOTS"];
      const name = path.replaceAll(/[^a-z?=-]+/g, "_");
      if (folder !== undefined)
        await page.screenshot({
          path: `${folder}/${state}${name}-${look.width}-${look.colorScheme}.png`,
        });
    }
  });
};
