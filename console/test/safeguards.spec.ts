import type { APIRequestContext, Page } from "@playwright/test";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { answering } from "./support/answer.ts";
import { enterAs } from "./support/enter-as.ts";
import { makers } from "./support/make.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

let connection = { id: "", endpoint: "", token: "" };
const people: string[] = [];

const scim = async (api: APIRequestContext, method: string, path: string, data: object) => {
  const answer = await api.fetch(`${connection.endpoint}${path}`, {
    method,
    data: JSON.stringify(data),
    headers: {
      authorization: `Bearer ${connection.token}`,
      "content-type": "application/scim+json",
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer;
};

const provision = async (api: APIRequestContext, displayName: string): Promise<string> => {
  const answer = await scim(api, "POST", "/Users", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: `${displayName.toLowerCase().replaceAll(/\W+/g, ".")}@contoso.test`,
    displayName,
    active: true,
  });
  return ((await answer.json()) as { id: string }).id;
};

const setActive = (api: APIRequestContext, id: string, value: boolean) =>
  scim(api, "PATCH", `/Users/${id}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "Replace", path: "active", value: value ? "True" : "False" }],
  });

const connectionPage = () => `/settings/integrations/scim/${connection.id}?tab=safeguards`;
const heldPage = () => `/settings/integrations/scim/${connection.id}/held`;

const lookGood = async (page: Page) => {
  for (const look of looks) await expectGoodLook(page, look);
  await page.setViewportSize({ width: 1440, height: 900 });
};

test("the guard is on from the start and can be set", async ({ admin: page, api, server }) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  connection = (await made.json()) as typeof connection;
  for (const name of ["Ana Ito", "Ben Okafor", "Cleo Marsh", "Dev Patel", "Eva Lindqvist"])
    people.push(await provision(api, name));
  people.push(
    await provision(api, "Maximiliane-Alexandra von Hohenstein-Wittgenstein de la Rochefoucauld"),
  );
  await page.goto(connectionPage());
  await expect(page.getByLabel("Guard against accidents")).toBeChecked();
  await page.getByLabel("People", { exact: true }).fill("1");
  await page.getByLabel("% of everybody").fill("0");
  // Unsaved, they would be gone with the tab.
  await answering(page, "dismiss", () => page.getByRole("tab", { name: "Behaviour" }).click());
  await expect(page.getByLabel("People", { exact: true })).toHaveValue("1");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("People", { exact: true })).toHaveValue("1");
});

test("an emptied scope is held and shown where an administrator looks", async ({
  admin: page,
  api,
}) => {
  for (const id of people) await setActive(api, id, false);
  await page.goto("/");
  await expect(page.getByText("Microsoft Entra ID: 5 people held by the guard")).toBeVisible();
  await page.goto(connectionPage());
  await expect(page.getByText("5 people wait for your decision")).toBeVisible();
  await lookGood(page);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await expect(page.getByText("5 people wait for your decision")).toBeVisible();
  }
  await page.getByRole("link", { name: "Look at them" }).click();
  await expect(page.getByRole("heading", { name: "Held changes", level: 1 })).toBeVisible();
  await expect(
    page.getByText("Disabled in the directory; the role Loanee is remembered"),
  ).toHaveCount(5);
  await lookGood(page);
});

test("the page of a person says what is held", async ({ admin: page }) => {
  await page.goto(heldPage());
  await page.getByRole("link", { name: "Cleo Marsh" }).click();
  await expect(page.getByText("Held by the guard", { exact: true })).toBeVisible();
  await lookGood(page);
  await page.getByRole("link", { name: "Decide" }).click();
  await expect(page.getByRole("status")).toHaveText("1 person");
});

test("what cannot be let go says why, keeps everybody held, and goes on from there", async ({
  api,
  server,
  browser,
}) => {
  const make = makers(api, server);
  const send = { headers: { origin: server.url } };
  const draft = { name: "Gate", description: "", permissions: ["accounts:view"] };
  const guarding = [...draft.permissions, "provisioning:view", "provisioning:edit"];
  const role = (await (
    await api.post("/api/v1/roles", { data: { ...draft, permissions: guarding }, ...send })
  ).json()) as { id: string };
  const allow = (permissions: string[]) =>
    api.put(`/api/v1/roles/${role.id}`, { data: { ...draft, permissions }, ...send });
  const keeper = await make.person("Gita Gate", "Gate");
  const page = await enterAs(browser, server, await make.signInLink(keeper));
  await page.goto(heldPage());
  await page.getByRole("button", { name: "Discard all" }).click();
  // Taken away while the question is open.
  await allow(["accounts:view", "provisioning:view"]);
  await page.getByRole("button", { name: "Discard for 5 people" }).click();
  const problem = page
    .getByRole("alert")
    .filter({ hasText: "Whoever was held is held as before." });
  await expect(problem).toContainText("You may not do that");
  await expect(page.getByRole("status").filter({ hasText: "people" })).toHaveText("5 people");
  await lookGood(page);
  await allow(guarding);
  await problem.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("5 people stay as they are")).toBeVisible();
  await expect(problem).toHaveCount(0);
  await page.context().close();
  for (const id of people) await setActive(api, id, true);
  for (const id of people) await setActive(api, id, false);
});

test("some are let go, the rest is discarded", async ({ admin: page }) => {
  await page.goto(heldPage());
  await page.getByLabel("Choose Ben Okafor").check();
  await page.getByLabel("Choose Dev Patel").check();
  await page.getByRole("button", { name: "Apply 2" }).click();
  await page.getByRole("button", { name: "Apply to 2 people" }).click();
  await expect(page.getByText("2 people let go")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "people" })).toHaveText("3 people");
  await page.getByRole("button", { name: "Discard all" }).click();
  await page.getByRole("button", { name: "Discard for 3 people" }).click();
  await expect(page.getByText("Nothing is held")).toBeVisible();
  await lookGood(page);
  await page.getByText("Left as they are", { exact: true }).click();
  await expect(page.getByRole("link", { name: "Eva Lindqvist" })).toBeVisible();
  await lookGood(page);
  await page.goto("/accounts?status=disabled");
  await expect(page.getByRole("link", { name: "Ben Okafor" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Eva Lindqvist" })).toHaveCount(0);
});

test("a dry run lists what would happen; going live applies it", async ({ admin: page, api }) => {
  await page.goto(connectionPage());
  await page.getByText("Dry run", { exact: true }).click();
  await expect(page.getByText("Nothing would change yet.")).toBeVisible();
  await provision(api, "Gina Newcomer");
  await page.reload();
  await expect(page.getByText("1 person waits for your decision")).toBeVisible();
  await expect(page.getByText("New: 1")).toBeVisible();
  await lookGood(page);

  await page.getByRole("tab", { name: "Roles" }).click();
  await page.getByRole("combobox", { name: "Default access role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Preview effect" }).click();
  await expect(page.getByRole("dialog")).toContainText("saving is only rehearsed");
  await expect(page.getByRole("dialog")).toContainText("get another access role");
  await lookGood(page);
  await page.getByRole("button", { name: "Go on editing" }).click();
  await page.getByRole("button", { name: "Discard" }).click();

  await page.getByRole("tab", { name: "Safeguards" }).click();
  await page.getByRole("radiogroup", { name: "Mode" }).getByText("Live").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  for (const name of ["Hal Newcomer", "Ida Newcomer"]) await provision(api, name);
  // The list is not read by itself, every 5 seconds, but only because the job has ended.
  await page.addInitScript(() => {
    const start = globalThis.setInterval;
    const startOther = (work: () => void, pause?: number) =>
      pause === 5000 ? 0 : start(work, pause);
    Object.assign(globalThis, { setInterval: startOther });
  });
  await page.goto(heldPage());
  await page.getByRole("button", { name: "Apply all" }).click();
  // The list as it was just before the job had ended.
  const stale = await (await api.get(`/api/v1/connections/${connection.id}/held-changes`)).json();
  await page.route(/held-changes\?/, (route) => route.fulfill({ json: stale }), { times: 1 });
  await page.getByRole("button", { name: "Apply to 3 people" }).click();
  await expect(page.getByText("Nothing is held")).toBeVisible();
  await page.goto(connectionPage());
  await page.getByRole("radiogroup", { name: "Mode" }).getByText("Live").click();
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page.getByText("What the directory says takes effect at once.")).toBeVisible();
  await page.goto("/accounts?search=gina");
  await expect(page.getByRole("link", { name: "Gina Newcomer" })).toBeVisible();
});
