import type { APIRequestContext, Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { makers } from "./support/make.ts";
import type { Server } from "./support/server.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 180_000 });

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let endpoint = "";
let token = "";

/** A directory that can be told whom to provision. */
const directory = async (api: APIRequestContext, server: Server) => {
  if (endpoint === "") {
    const made = await api.post("/api/v1/connections", {
      data: { name: "Microsoft Entra ID" },
      headers: { origin: server.url },
    });
    ({ endpoint, token } = (await made.json()) as { endpoint: string; token: string });
  }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  return {
    arrive: async (displayName: string, userName: string, employeeNumber: string) => {
      const data = {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
        userName,
        externalId: userName,
        displayName,
        active: true,
        [enterprise]: { employeeNumber },
      };
      const answer = await api.post(`${endpoint}/Users`, { data, headers });
      expect(answer.status()).toBe(201);
      const { items } = (await (await api.get(`/api/v1/accounts?search=${userName}`)).json()) as {
        items: { id: string; userName: string }[];
      };
      const { id } = (await answer.json()) as { id: string };
      return { id, accountId: items.find((one) => one.userName === userName)!.id };
    },
    leave: async ({ id }: { id: string }) => {
      expect((await api.delete(`${endpoint}/Users/${id}`, { headers })).status()).toBe(204);
    },
  };
};

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

test("with nobody returned, the page says when somebody will be", async ({ admin: page }) => {
  await page.goto("/accounts");
  await page.getByRole("link", { name: "Returned people" }).click();
  await expect(page.getByText("Nobody to decide about")).toBeVisible();
  await lookAtAll(page, "returned-empty");
});

test("a returned person is recognised, confirmed, and has their items again", async ({
  admin: page,
  api,
  server,
}) => {
  const make = makers(api, server);
  const entra = await directory(api, server);
  const former = await entra.arrive("Ana Ito", "ana.ito@contoso.test", "E-77");
  for (const name of ["MacBook Air", "iPhone 17", "Headset"])
    await make.checkOut(await make.asset({ name }), { id: former.accountId });
  await entra.leave(former);
  await entra.arrive("Ana Ito", "ana.ito.2@contoso.test", "E-77");

  await page.goto("/accounts");
  await page.getByRole("link", { name: "Returned people (1)" }).click();
  await expect(page.getByText(/^employee E-77, left on .* holding 3 items$/)).toBeVisible();
  await lookAtAll(page, "returned-one");
  await page.getByRole("link", { name: "Ana Ito" }).click();
  await expect(page.getByText("Is this somebody who left before?")).toBeVisible();
  await lookAtAll(page, "account-suggested");
  await page.getByRole("button", { name: "Same person" }).click();
  await expect(page.getByText("The same person as somebody who left before")).toBeVisible();
  await expect(page.getByRole("region", { name: "Items held (3)" })).toBeVisible();
  await expect(page.getByRole("region", { name: "History" })).toContainText(
    "Deleted from the directory",
  );
  await lookAtAll(page, "account-same");

  await page.getByRole("button", { name: "Split again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Split" }).click();
  await expect(page.getByText("Ana Ito holds nothing.")).toBeVisible();
  await expect(page.getByText("The same person as somebody who left before")).toBeHidden();
});

test("kept apart, nobody asks again; and it can still be confirmed", async ({
  admin: page,
  api,
  server,
}) => {
  const entra = await directory(api, server);
  const long = "Maximiliane-Alexandra von Hohenstein-Wittgenstein de la Rochefoucauld";
  for (let index = 0; index < 12; index += 1) {
    const name = index === 0 ? long : `Person ${index}`;
    const former = await entra.arrive(name, `p${index}@contoso.test`, `E-10${index}`);
    await entra.leave(former);
    await entra.arrive(name, `p${index}.back@contoso.test`, `E-10${index}`);
  }
  await page.goto("/returned");
  await expect(page.getByText("employee E-1011")).toBeVisible();
  await lookAtAll(page, "returned-many");
  await page
    .getByRole("row", { name: /Person 11/ })
    .getByRole("button", { name: "Keep apart" })
    .click();
  await expect(page.getByText("employee E-1011")).toBeHidden();
  await page.getByText("Kept apart", { exact: true }).click();
  await expect(page.getByText("employee E-1011")).toBeVisible();
  await lookAtAll(page, "returned-apart");
  await page
    .getByRole("row", { name: /Person 11/ })
    .getByRole("button", { name: "Same person" })
    .click();
  await expect(page.getByText("employee E-1011")).toBeHidden();
});
