import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { presets, type MappingTable } from "../../entra-emulator/src/index.ts";
import { expectGoodLook, looks } from "./support/accessibility.ts";
import { runEntra } from "./support/entra.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

const scimPage = "/settings/integrations/scim?tab=doctor";
let endpoint = "";
let token = "";
let folder = "";

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-doctor-"));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (page: Page, id: string) => page.locator(`[data-check="${id}"]`);
const expectState = (page: Page, id: string, state: string) =>
  expect(check(page, id)).toHaveAttribute("data-state", state);

/** A cycle of an Entra tenant whose mapping of users is changed. */
const sync = async (change: (table: MappingTable["users"]) => MappingTable["users"]) => {
  const mapping = join(folder, "mapping.json");
  await writeFile(mapping, JSON.stringify({ ...presets.mail, users: change(presets.mail.users) }));
  const state = join(folder, "state.json");
  return runEntra("sync", [
    "--url",
    endpoint,
    "--token",
    token,
    "--mapping",
    mapping,
    "--state",
    state,
  ]);
};

test("before anything has come it says what to do", async ({ admin: page, api, server }) => {
  const made = await api.post("/api/v1/connections", {
    data: { name: "Microsoft Entra ID" },
    headers: { origin: server.url },
  });
  ({ endpoint, token } = (await made.json()) as { endpoint: string; token: string });
  await page.goto(scimPage);
  await expectState(page, "credentials", "todo");
  await expectState(page, "active", "unknown");
  await expect(page.getByText(/3 to do · 1 of 16 done/)).toBeVisible();
});

test("marks change while requests arrive, and name what is wrong", async ({ admin: page }) => {
  await page.goto(scimPage);
  await expectState(page, "people", "todo");
  const { code, said } = await sync((users) => ({
    ...users,
    attributes: users.attributes.filter(({ target }) => target !== "active"),
  }));
  expect(code, said).toBe(0);
  await expectState(page, "people", "done");
  await expectState(page, "active", "warning");
  await expectState(page, "external-id", "warning");
  await expect(check(page, "external-id")).toContainText("mailNickname");

  const active = check(page, "active");
  await active.getByText("Where to mend it").click();
  await expect(active.getByRole("list", { name: "Where to click" })).toContainText("IsSoftDeleted");
  await active.getByRole("link", { name: "Somebody without active" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/provisioning-log/);
});

test("whoever comes sees first what asks for something", async ({ admin: page }) => {
  await page.goto(scimPage);
  await expectState(page, "active", "warning");
  const states = await page
    .locator("[data-check]")
    .evaluateAll((checks) => checks.map((one) => one.getAttribute("data-state") ?? ""));
  const asking = states.filter((state) => state === "warning" || state === "todo");
  expect(states.slice(0, asking.length)).toEqual(asking.toSorted().toReversed());
});

test("what is so on purpose is muted with a reason, and taken up again", async ({
  admin: page,
}) => {
  await page.goto(scimPage);
  const externalId = check(page, "external-id");
  await externalId.getByText("Where to mend it").click();
  await externalId.getByRole("button", { name: "Mute with a reason" }).click();
  const dialog = page.getByRole("dialog", { name: /^Mute/ });
  await dialog.getByLabel("Reason").fill("Other products need the nickname");
  await dialog.getByRole("button", { name: "Mute", exact: true }).click();
  await expect(externalId).toContainText("Other products need the nickname");
  await externalId.getByRole("button", { name: "Look at it again" }).click();
  await expect(externalId).not.toContainText("Other products need the nickname");
});

test("it looks right to everybody, opened up too", async ({ admin: page }) => {
  await page.goto(scimPage);
  await expectState(page, "people", "done");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  for (const summary of await page.locator("[data-check] summary").all()) await summary.click();
  for (const look of looks) await expectGoodLook(page, look);
});
