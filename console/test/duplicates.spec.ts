import type { APIRequestContext, Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { makers } from "./support/make.ts";
import { administrator, type Server } from "./support/server.ts";
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
        ...(employeeNumber !== "" && { [enterprise]: { employeeNumber } }),
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

test("with nobody to decide about, the page says when somebody will be", async ({
  admin: page,
}) => {
  await page.goto("/accounts");
  await page.getByRole("link", { name: "Duplicates" }).click();
  await expect(page.getByRole("heading", { name: "Nobody to decide about" })).toBeVisible();
  await lookAtAll(page, "already-here-empty");
  await page.getByRole("tab", { name: "Returned" }).click();
  await expect(page.getByText("the employee number of a person who was deleted")).toBeVisible();
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
  await page.getByRole("link", { name: "Duplicates (1)" }).click();
  await page.getByRole("tab", { name: "Returned (1)" }).click();
  await expect(page.getByText(/^left on .* holds 3 items$/)).toBeVisible();
  await expect(page.getByText("Same employee number")).toBeVisible();
  await lookAtAll(page, "returned-one");
  await page.getByRole("row").nth(1).getByRole("link", { name: "Ana Ito" }).last().click();
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
  const eleven = page.getByRole("row", { name: /Person 11/ });
  await page.goto("/duplicates?tab=returned");
  await expect(page.getByText("12 pairs")).toBeVisible();
  await lookAtAll(page, "returned-many");
  await eleven.getByRole("button", { name: "Keep apart" }).click();
  await expect(eleven).toBeHidden();
  await page.getByText("Kept apart", { exact: true }).click();
  await expect(eleven).toBeVisible();
  await lookAtAll(page, "returned-apart");
  await eleven.getByRole("button", { name: "Same person" }).click();
  await expect(eleven).toBeHidden();
});

test("somebody made by hand is joined with whom the directory sends, and split again", async ({
  admin: page,
  api,
  server,
}) => {
  const entra = await directory(api, server);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Add a person" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Ben Osei");
  await form.getByLabel("E-mail").fill("ben.osei@contoso.test");
  await form.getByLabel("Employee number").fill("E-78");
  await form.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: "Loanee" }).click();
  await form.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("heading", { name: "Ben Osei" })).toBeVisible();
  await expect(page.getByText("Ben Osei is added.")).toBeVisible();
  const byHand = page.url();
  await entra.arrive("Ben Osei", "ben.osei@contoso.test", "E-78");

  const ben = page.getByRole("row", { name: /Ben Osei/ });
  await expect(async () => {
    await page.goto("/duplicates?state=certain");
    await expect(ben).toContainText("Same e-mail address, employee number, name");
  }).toPass();
  await lookAtAll(page, "already-here-one");
  await page.goto(byHand);
  await expect(page.getByText("Does the directory send this person too?")).toBeVisible();
  await lookAtAll(page, "account-already-here");
  await page.getByRole("link", { name: "All duplicates" }).click();

  await ben.getByRole("button", { name: "Same person" }).click();
  const dialog = page.getByRole("dialog", { name: "Join them?" });
  await dialog.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("has the history and the items of Ben Osei")).toBeVisible();
  await page.goto(byHand);
  await expect(page.getByText("The directory sends this person too")).toBeVisible();

  await page.goto("/duplicates?state=same");
  await ben.getByRole("button", { name: "Split again" }).click();
  await page.getByRole("button", { name: "Split", exact: true }).click();
  await expect(ben).toBeHidden();
  await page.goto("/duplicates?state=apart");
  await expect(ben).toContainText("Administrator,");
});

test("the certain ones are joined together, and who cannot be is named with the reason", async ({
  admin: page,
  api,
  server,
}) => {
  const make = makers(api, server);
  const entra = await directory(api, server);
  const names = ["Cho Park", "Dan Roth", "Eve Lund"];
  for (const name of names) await make.person(name);
  for (const name of names)
    await entra.arrive(name, `${name.toLowerCase().replace(" ", ".")}@contoso.test`, "");
  // The only Administrator made by hand cannot go on as somebody the directory may disable.
  await entra.arrive("Administrator", administrator.email, "");
  await expect
    .poll(async () => {
      const answer = await api.get("/api/v1/collisions?state=suggested&certain=true&limit=1");
      return (await answer.json()).total;
    })
    .toBe(4);
  await page.goto("/duplicates?state=certain");
  await expect(page.getByText("4 pairs")).toBeVisible();
  await page.getByRole("button", { name: "Join the certain ones" }).click();
  const question = page.getByRole("dialog", { name: "Join 4 certain pairs?" });
  await question.getByRole("button", { name: "Join them" }).click();
  const outcome = page.getByRole("dialog", { name: "Joined" });
  await expect(outcome).toContainText("3 joined");
  await expect(outcome).toContainText("1 pair was not joined");
  await expect(outcome).toContainText("last Administrator");
  await lookAtAll(page, "joined-certain");
  await outcome.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("1 pair", { exact: true })).toBeVisible();
});
