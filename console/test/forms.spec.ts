import { expectGoodLook, looks } from "./support/accessibility.ts";
import { enterAs } from "./support/enter-as.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

type Asked = {
  path: (connectionId: string) => string;
  /** Opens the dialog that has the form. */
  open?: string;
  deed: string;
  /** What it says is missing, in the order of the fields. */
  says: string[];
  focused: string;
};

const scim = (id: string) => `/settings/integrations/scim/${id}`;

const forms: Asked[] = [
  {
    path: () => "/settings/access-roles/new",
    deed: "Make access role",
    says: ["Enter a name."],
    focused: "Name",
  },
  {
    path: () => "/settings/tenants",
    open: "Add a tenant",
    deed: "Add",
    says: ["Enter a name."],
    focused: "Name",
  },
  {
    path: () => "/accounts",
    open: "Add a person",
    deed: "Add",
    says: ["Enter a name.", "Enter an e-mail address.", "Choose an access role."],
    focused: "Name",
  },
  {
    path: () => "/settings/integrations/scim",
    open: "Add a connection",
    deed: "Add",
    says: ["Enter a name."],
    focused: "Name",
  },
  {
    path: scim,
    open: "Make a client secret",
    deed: "Make the secret",
    says: ["Say where it is used."],
    focused: "Label",
  },
  {
    path: scim,
    open: "Make a federated credential",
    deed: "Make it",
    says: [
      "Say where it is used.",
      "Enter the issuer.",
      "Enter the subject.",
      "Enter the audience.",
      "This is neither an address nor a JSON Web Key Set. Copy it again.",
    ],
    focused: "Label",
  },
  {
    path: (id) => `${scim(id)}?tab=roles`,
    open: "Add a rule",
    deed: "Add",
    says: [
      "Enter or choose an attribute.",
      "Enter a value, and press Enter.",
      "Choose an access role.",
    ],
    focused: "Attribute",
  },
  {
    path: (id) => `${scim(id)}?tab=attributes`,
    open: "Define an attribute",
    deed: "Define",
    says: ["Enter the name of the attribute."],
    focused: "Name",
  },
  {
    path: () => "/change-password",
    deed: "Change password",
    says: ["Enter the password you have now.", "Choose one that keeps the rules below."],
    focused: "Current password",
  },
];

test("a form with something missing says what, and takes one there", async ({
  admin: page,
  api,
  server,
}) => {
  const { id } = await makers(api, server).connection("Microsoft Entra ID");
  for (const { path, open, deed, says, focused } of forms)
    await test.step(open ?? deed, async () => {
      await page.goto(path(id));
      if (open !== undefined) await page.getByRole("button", { name: open, exact: true }).click();
      const form = page.locator("form");
      await form.getByRole("button", { name: deed, exact: true }).click();
      for (const sentence of says) await expect(form.getByText(sentence)).toBeVisible();
      await expect(form.locator('[class*="error"]:visible', { hasText: /\.$/ })).toHaveText(says);
      await expect(
        form
          .getByRole("textbox", { name: focused })
          .or(form.getByRole("combobox", { name: focused }))
          .first(),
      ).toBeFocused();
      // One for all: they are made of the same.
      if (open === "Add a rule") for (const look of looks) await expectGoodLook(page, look);
      await page.setViewportSize({ width: 1440, height: 900 });
    });
});

test("what was put right is asked no more, and the next missing field has the focus", async ({
  admin: page,
  api,
}) => {
  const { items } = (await (await api.get("/api/v1/connections")).json()) as {
    items: { id: string }[];
  };
  await page.goto(`${scim(items[0]!.id)}?tab=roles`);
  await page.getByRole("button", { name: "Add a rule" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByRole("combobox", { name: "Attribute" }).fill("title");
  await expect(dialog.getByText("Enter or choose an attribute.")).toHaveCount(0);
  // Typing moves the focus nowhere.
  await expect(dialog.getByRole("combobox", { name: "Attribute" })).toBeFocused();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByRole("combobox", { name: "Values" })).toBeFocused();
  await page.keyboard.type("Boss");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByRole("combobox", { name: "Access role" })).toBeFocused();
});

test("what the server objects to is taken to as well", async ({ admin: page }) => {
  await page.goto("/settings/access-roles/new");
  await page.getByLabel("Name").fill("Viewer");
  await page.getByRole("button", { name: "Make access role" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ana Ito");
  await dialog.getByLabel("E-mail").fill("ana at contoso");
  await dialog.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
});

test("what somebody may send no more goes away, and says why", async ({ api, server, browser }) => {
  const make = makers(api, server);
  const draft = { name: "Registrar", description: "" };
  const seeing = ["assets:view", "provisioning:view"];
  const send = { headers: { origin: server.url } };
  const role = (await (
    await api.post("/api/v1/roles", {
      data: { ...draft, permissions: [...seeing, "assets:create", "provisioning:edit"] },
      ...send,
    })
  ).json()) as { id: string };
  const registrar = await make.person("Rita Registrar", "Registrar");
  const page = await enterAs(browser, server, await make.signInLink(registrar));
  await page.goto("/settings/integrations/scim?tab=roles");
  await expect(page.getByRole("combobox", { name: "Default access role" })).toBeEnabled();
  const why = page.getByText("your access role, Registrar, lacks “Provisioning: Edit”");
  await expect(why).toHaveCount(0);

  await page.goto("/assets");
  await page.getByRole("button", { name: "Register an asset" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name", { exact: true }).fill("Headset");
  await api.put(`/api/v1/roles/${role.id}`, { data: { ...draft, permissions: seeing }, ...send });
  await form.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("You may not do that");
  await expect(page.getByRole("button", { name: "Register an asset" })).toHaveCount(0);
  for (const look of looks) await expectGoodLook(page, look);

  await page.goto("/settings/integrations/scim?tab=roles");
  await expect(page.getByRole("combobox", { name: "Default access role" })).toBeDisabled();
  await expect(why).toBeVisible();
  for (const look of looks) await expectGoodLook(page, look);
  await page.context().close();
});
