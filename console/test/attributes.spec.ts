import type { Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";

const lookAtAll = async (page: Page, file: string) => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  for (const look of looks) {
    await expectGoodLook(page, look);
    const shots = process.env["SHOTS"];
    if (shots !== undefined)
      await page.screenshot({
        path: `${shots}/${file}-${look.width}-${look.colorScheme}.png`,
        fullPage: true,
      });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
};

test("an administrator defines what arrives, sees it on a Sub Account, and takes it back", async ({
  admin: page,
  api,
  server,
}) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  const { endpoint, token } = (await made.json()) as { endpoint: string; token: string };
  await page.goto("/settings/integrations/scim?tab=attributes");
  const attributes = page.getByRole("region", { name: "Attributes", exact: true });
  await expect(attributes).toContainText("None is defined");

  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const post = (userName: string, floor: string) =>
    api.post(`${endpoint}/Users`, {
      headers,
      data: {
        schemas: [core, urn],
        userName,
        displayName: userName.split("@")[0],
        [urn]: { floor, desk: { row: 1 } },
      },
    });
  for (const [name, floor] of [
    ["ana", "7"],
    ["bo", "40"],
  ] as const)
    expect((await post(`${name}@x.test`, floor)).status()).toBe(201);

  const offers = attributes.getByRole("list", { name: "Attributes not defined yet" });
  await expect(async () => {
    await page.reload();
    await expect(offers.getByRole("listitem").filter({ hasText: "floor" })).toContainText(
      "about 2 people have it",
    );
  }).toPass();
  await lookAtAll(page, "attributes-offered");

  await attributes.getByRole("button", { name: "Define floor" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Extension URN")).toHaveValue(urn);
  await dialog.getByLabel("Shown as").fill("Storey");
  await lookAtAll(page, "attributes-dialog");
  await dialog.getByRole("button", { name: "Define" }).click();
  await expect(dialog).toBeHidden();
  const defined = attributes.getByRole("list", { name: "Defined attributes" });
  await expect(defined).toContainText("integer · shown as “Storey”");

  const refused = await post("chen@x.test", "third");
  expect(refused.status()).toBe(400);
  await page.goto("/accounts");
  await page.getByRole("combobox", { name: "Attribute" }).click();
  await page.getByRole("option", { name: "Storey" }).click();
  await page.getByLabel("Storey", { exact: true }).fill("40");
  await expect(page.getByRole("status").filter({ hasText: "1 person" })).toBeVisible();
  await expect(page.getByRole("link", { name: "bo", exact: true }).first()).toBeVisible();
  await lookAtAll(page, "accounts-by-attribute");
  await page.getByLabel("Storey", { exact: true }).fill("41");
  await expect(page.getByRole("status").filter({ hasText: "0 people" })).toBeVisible();
  await lookAtAll(page, "accounts-by-attribute-none");
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await page.getByRole("link", { name: "ana", exact: true }).first().click();
  await expect(page.getByText("Storey")).toBeVisible();

  await page.goto("/settings/integrations/scim?tab=attributes");
  await attributes.getByRole("button", { name: "Define an attribute" }).click();
  await dialog.getByLabel("Extension URN").fill(core);
  await dialog.getByLabel("Name").fill("badge");
  await dialog.getByRole("button", { name: "Define" }).click();
  await expect(dialog).toContainText("That URN belongs to SCIM itself");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await attributes.getByRole("button", { name: "Remove floor" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(defined).toBeHidden();
});

test("an administrator switches off what an identity provider needs, and sees that it is", async ({
  admin: page,
  api,
}) => {
  await page.goto("/settings/integrations/scim?tab=behaviour");
  const behaviour = page.getByRole("region", { name: "Behaviour" });
  await expect(behaviour.getByRole("switch")).toHaveCount(3);
  await behaviour.getByRole("button", { name: /^Show what identity providers need/ }).click();
  const verbs = behaviour.getByRole("switch", { name: "PATCH verbs in any letter case" });
  await expect(verbs).toBeChecked();
  await lookAtAll(page, "behaviour");
  await verbs.press("Space");
  await expect(verbs).not.toBeChecked();
  await expect(behaviour).toContainText("Not the default");
  const { items } = (await (await api.get("/api/v1/connections")).json()) as {
    items: { id: string }[];
  };
  const { items: switches } = (await (
    await api.get(`/api/v1/connections/${items[0]!.id}/behaviour`)
  ).json()) as { items: { key: string; on: boolean }[] };
  expect(switches.find(({ key }) => key === "verbCase")?.on).toBe(false);
  // Folded away again, what is not the default stays to be seen.
  await behaviour.getByRole("button", { name: /^Hide/ }).click();
  await expect(behaviour.getByRole("switch")).toHaveCount(4);
});
