import type { APIRequestContext, Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 120_000 });

/** One person, as the identity provider sends them. */
const push = async (
  api: APIRequestContext,
  { endpoint, token }: { endpoint: string; token: string },
  name: string,
) => {
  const answer = await api.post(`${endpoint}/Users`, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    data: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: `${name.toLowerCase().replaceAll(" ", ".")}@contoso.test`,
      externalId: name,
      displayName: name,
      active: true,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
};

test("from an entry to the deed behind it, and from a request to all it did", async ({
  admin: page,
  api,
  server,
}) => {
  const make = makers(api, server);
  const asset = await make.asset({ name: "ThinkPad T14" });
  await api.patch(`/api/v1/assets/${asset.id}`, {
    data: { name: "ThinkPad T14s", notes: "New keyboard" },
    headers: { origin: server.url },
  });
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  const { endpoint, token } = (await made.json()) as { endpoint: string; token: string };
  await push(api, { endpoint, token }, "Ana Ito");

  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Ledger" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Ledger" })).toBeVisible();

  await page.getByRole("searchbox", { name: "Search the ledger" }).fill("thinkpad");
  await page.getByRole("link", { name: "Name and notes changed" }).click();
  const difference = page.getByRole("region", { name: "Before and after" });
  await expect(
    difference.getByRole("row", { name: /Name ThinkPad T14 ThinkPad T14s/ }),
  ).toBeVisible();
  await page
    .locator("dl")
    .getByRole("link", { name: /edited the asset$/ })
    .click();
  await expect(page.getByText("1 change.")).toBeVisible();

  await page.goto("/ledger?kind=scim&what=account.created");
  await page.getByRole("link", { name: /^Sub Account created/ }).click();
  await page
    .locator("dl")
    .getByRole("link", { name: /created a person$/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: /created a person$/ })).toBeVisible();
  await expect(page.getByText(/\d changes\./)).toBeVisible();
  await page.getByRole("link", { name: "The request" }).click();
  await expect(page).toHaveURL(/\/provisioning-log\//);
});

test("filters narrow it, and what is left can be exported", async ({ admin: page }) => {
  await page.goto("/ledger");
  await page.getByRole("combobox", { name: "What", exact: true }).click();
  await page.getByRole("option", { name: "Asset: everything" }).click();
  await expect(page).toHaveURL(/what=asset$/);
  await expect(page.getByRole("link", { name: "Name and notes changed" })).toBeVisible();
  await expect(page.getByText(/created a person/)).toHaveCount(0);

  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV, for a spreadsheet" }).click();
  expect((await download).suggestedFilename()).toMatch(/^ledger-.*\.csv$/);

  await page.goto("/ledger?search=nothing-is-like-this");
  await expect(page.getByRole("heading", { name: "No entry is like that" })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
  await expect(page).toHaveURL(/\/ledger$/);
});

test("an edit is undone after its preview, and the undo can be undone", async ({ admin: page }) => {
  await page.goto("/ledger?search=thinkpad");
  await page.getByRole("link", { name: "Name and notes changed" }).click();
  await page.getByRole("button", { name: "Undo this…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Undo" })).toBeVisible();
  await expect(page.getByText("Nothing has been changed yet")).toBeVisible();
  await expect(page.getByText(/Name: ThinkPad T14s .*becomes ThinkPad T14$/)).toBeVisible();
  await page.getByRole("button", { name: "Undo 1 thing" }).click();
  await expect(page.getByText("Undid 1 thing")).toBeVisible();
  await expect(page.getByRole("cell", { name: "Undone", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "What it changed" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /undid “/ })).toBeVisible();
  await page.getByRole("button", { name: "Undo all of it…" }).click();
  await expect(page.getByText(/Name: ThinkPad T14 .*becomes ThinkPad T14s$/)).toBeVisible();
});

test("a span of time is undone, and what cannot be is told", async ({ admin: page }) => {
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  await page.goto(`/ledger?from=${day}&to=${tomorrow}`);
  await page.getByRole("button", { name: "Undo this span…" }).click();
  await expect(page.getByText("To undo", { exact: true }).first()).toBeVisible();
  await page.getByText(/^Left alone \d/).click();
  await expect(page.getByText(/The identity provider said so/).first()).toBeVisible();
  await shoot(page, "undo");
});

test("where nothing can be undone, the preview says so", async ({ admin: page, api }) => {
  const { items } = (await (
    await api.get("/api/v1/ledger?action=user.created&limit=1")
  ).json()) as {
    items: { id: string }[];
  };
  await page.goto(`/ledger/${items[0]!.id}`);
  await page.getByRole("button", { name: "Undo this…" }).click();
  await expect(page.getByText("Nothing of this can be undone here")).toBeVisible();
  await expect(page.getByText(/The identity provider said so/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo \d/ })).toHaveCount(0);
});

test("what followed from a deed leads to all of its cause, and an edit of rules tells whom it changes", async ({
  admin: page,
  api,
  server,
}) => {
  const read = async (path: string) => (await api.get(`/api/v1${path}`)).json();
  const send = { headers: { origin: server.url } };
  const { items: roles } = await read("/roles");
  const [account] = (await read("/accounts?search=ito")).items;
  const [connection] = (await read("/connections")).items;
  const give = (key: string) => roles.find((role: { key: string }) => role.key === key).id;
  await api.put(`/api/v1/accounts/${account.id}/lock`, {
    data: { roleId: give("editor") },
    ...send,
  });
  const follower = (
    await read(`/ledger?subjectId=${account.id}&action=account.role-changed&limit=1`)
  ).items[0];
  await page.goto(`/ledger/${follower.id}`);
  await page.getByRole("button", { name: "Undo this…" }).click();
  await expect(page.getByText("It followed from another deed")).toBeVisible();
  await shoot(page, "undo-follower");
  await page.getByRole("button", { name: "Undo all of its cause…" }).click();
  await expect(page.getByText("Role lock (2 entries)")).toBeVisible();
  await page.getByRole("button", { name: "Undo 1 thing" }).click();
  await expect(page.getByText("Undid 1 thing")).toBeVisible();

  await api.patch(`/api/v1/connections/${connection.id}`, {
    data: { defaultRoleId: give("viewer") },
    ...send,
  });
  await expect
    .poll(async () => (await read(`/accounts/${account.id}`)).role.name, { timeout: 20_000 })
    .toBe("Viewer");
  const edit = (await read("/ledger?action=rules.default-role-changed&limit=1")).items[0];
  await page.goto(`/ledger/${edit.id}`);
  await page.getByRole("button", { name: "Undo this…" }).click();
  await expect(
    page.getByText("1 change of somebody's access role or tenant follows: Ana Ito."),
  ).toBeVisible();
  await shoot(page, "undo-rules");
});

test("a custom access role goes back to what it allowed before", async ({
  admin: page,
  api,
  server,
}) => {
  const send = { headers: { origin: server.url } };
  const draft = { name: "Warehouse", description: "Hands out", permissions: ["assets:view"] };
  const made = await api.post("/api/v1/roles", { data: draft, ...send });
  const { id } = (await made.json()) as { id: string };
  await api.put(`/api/v1/roles/${id}`, {
    data: { ...draft, name: "Store", permissions: ["custody:check-out"] },
    ...send,
  });
  await page.goto(`/ledger?subject=${id}`);
  await page.getByRole("link", { name: /renamed from Warehouse to Store/ }).click();
  const permissions = page.getByRole("row", { name: /^Permissions/ });
  await expect(permissions).toHaveText(/Assets: View.*Custody: View, Custody: Check out$/);
  await page.getByRole("button", { name: "Undo this…" }).click();
  await expect(page.getByText(/Name: Store .*becomes Warehouse$/)).toBeVisible();
  await expect(page.getByText(/Permissions · Assets: View: none .*becomes allowed$/)).toBeVisible();
  await shoot(page, "undo-role");
  await page.getByRole("button", { name: "Undo 1 thing" }).click();
  await expect(page.getByText("Undid 1 thing")).toBeVisible();
  const role = await (await api.get(`/api/v1/roles/${id}`)).json();
  expect(role).toMatchObject({ name: "Warehouse", permissions: ["assets:view"] });
});

const shoot = async (page: Page, name: string): Promise<void> => {
  for (const look of looks) {
    await expectGoodLook(page, look);
    const shots = process.env["MUSTER_SHOTS"];
    if (shots)
      await page.screenshot({ path: `${shots}/${name}-${look.width}-${look.colorScheme}.png` });
  }
};

test("it looks right to everybody", async ({ admin: page, api }) => {
  const { items } = (await (await api.get("/api/v1/ledger?what=asset&limit=100")).json()) as {
    items: { id: string; cause: { id: string | null } }[];
  };
  const entry = items.find(({ cause }) => cause.id !== null)!;
  for (const [name, path] of [
    ["ledger", "/ledger"],
    ["ledger-none", "/ledger?search=nothing-is-like-this"],
    ["ledger-entry", `/ledger/${entry.id}`],
    ["ledger-cause", `/ledger/causes/${entry.cause.id}`],
  ] as const) {
    await page.goto(path);
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const look of looks) {
      await expectGoodLook(page, look);
      const shots = process.env["MUSTER_SHOTS"];
      if (shots)
        await page.screenshot({ path: `${shots}/${name}-${look.width}-${look.colorScheme}.png` });
    }
  }
});
