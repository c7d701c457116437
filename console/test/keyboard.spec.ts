import type { Locator, Page } from "@playwright/test";
import { runEntra } from "./support/entra.ts";
import { administrator } from "./support/server.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 240_000 });

/** Goes on with Tab, as somebody without a mouse does, until the element has the focus. */
const reach = async (target: Locator, key = "Tab") => {
  await expect(target).toBeVisible();
  for (let step = 0; step < 120; step += 1) {
    if (await hasFocus(target)) return;
    await target.page().keyboard.press(key);
  }
  throw new Error(`${String(target)} is not reached with ${key}`);
};

const hasFocus = (target: Locator) => target.evaluate((one) => one === document.activeElement);

const press = async (target: Locator, key = "Enter") => {
  await reach(target);
  await target.page().keyboard.press(key);
};

const type = async (target: Locator, text: string) => {
  await reach(target);
  await target.page().keyboard.type(text);
};

/** A choice in a list that opens: by the first letters, then the first one left. */
const choose = async (target: Locator, text: string) => {
  await reach(target);
  const { keyboard } = target.page();
  await keyboard.press("Enter");
  const option = target.page().getByRole("option", { name: text });
  await expect(option).toBeVisible();
  for (let step = 0; step < 20; step += 1) {
    if ((await option.getAttribute("data-combobox-selected")) !== null) break;
    await keyboard.press("ArrowDown");
  }
  await keyboard.press("Enter");
};

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });
const main = (page: Page) => page.getByRole("navigation", { name: "Main" });

const signIn = async (page: Page) => {
  await page.goto("/sign-in");
  await type(page.getByLabel("E-mail"), administrator.email);
  await type(page.getByLabel("Password", { exact: true }), administrator.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
};

test("Entra is connected, groups are mapped and put in order without a mouse", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page);
  await press(link(page, "Settings"));
  await press(page.getByRole("navigation", { name: "Settings" }).getByText("Integrations"));
  await press(link(page, "Configure"));
  await press(button(page, "Connect Microsoft Entra ID"));
  await expect(page.getByRole("heading", { name: "Microsoft Entra ID", level: 1 })).toBeVisible();
  const copied: string[] = [];
  for (const what of ["Endpoint", "Token"]) {
    await press(page.getByRole("button", { name: `Copy ${what}`, exact: true }));
    await expect(page.getByRole("button", { name: `${what} copied`, exact: true })).toBeVisible();
    copied.push(await page.evaluate(() => navigator.clipboard.readText()));
  }
  const { code, said } = await runEntra("sync", ["--url", copied[0]!, "--token", copied[1]!]);
  expect(code, said).toBe(0);

  await reach(page.getByRole("tab", { name: "Connect" }), "Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const roleOf = (group: string) =>
    page.getByRole("combobox", { name: `Access role of ${group}`, exact: true });
  const rules = page.getByRole("list", { name: "Rules, by priority" }).getByRole("listitem");
  // A mapped group moves up to the rules: the focus goes along, or the next Tab would start at the top of the page.
  for (const [group, role] of [
    ["All Employees", "Viewer"],
    ["IT Operations", "Editor"],
  ] as const) {
    // By its first letter: how fast the others would have to follow is up to the browser.
    await type(roleOf(group), role.charAt(0));
    await expect(roleOf(group).locator("option:checked")).toHaveText(role);
    await expect(roleOf(group)).toBeFocused();
  }
  await expect(rules.first()).toContainText("All Employees");
  const up = button(page, "Move IT Operations up");
  await press(up);
  await expect(rules.first()).toContainText("IT Operations");
  await expect(up).toBeFocused();
  const down = button(page, "Move IT Operations down");
  await press(down);
  await expect(rules.last()).toContainText("IT Operations");
  await expect(down).toBeFocused();

  const handle = button(page, /^Drag IT Operations/);
  await reach(handle, "Shift+Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect(rules.first()).toContainText("IT Operations");
  await expect(handle).toBeFocused();

  await press(button(page, "Preview effect"));
  const preview = page.getByRole("dialog", { name: "What would change" });
  await expect(preview.getByRole("list", { name: "In numbers" })).toContainText("people get");
  await press(preview.getByRole("button", { name: "Save" }));
  await expect(page.getByText("The rules are saved and applied")).toBeVisible();
});

test("a role is locked without a mouse", async ({ page }) => {
  await signIn(page);
  await press(main(page).getByRole("link", { name: "Sub Accounts" }));
  const search = page.getByRole("searchbox");
  await expect(search).toBeVisible();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("ana ito");
  await press(link(page, "Ana Ito"));
  const lock = page.getByRole("switch", { name: "Role lock" });
  await press(lock, "Space");
  const dialog = page.getByRole("dialog", { name: "Lock the role" });
  await choose(dialog.getByRole("combobox", { name: "Access role" }), "Loanee");
  await type(dialog.getByLabel("Reason"), "Works from the workshop");
  await press(dialog.getByRole("button", { name: "Lock role" }));
  await expect(dialog).toBeHidden();
  await expect(lock).toBeFocused();
  await expect(page.getByText("Works from the workshop").first()).toBeVisible();
});

test("an asset is checked out, and got back from a leaver, without a mouse", async ({ page }) => {
  await signIn(page);
  await press(main(page).getByRole("link", { name: "Sub Accounts" }));
  await press(button(page, "Add a person"));
  await type(page.getByRole("dialog").getByLabel("Name"), "Zola Brandt");
  await type(page.getByRole("dialog").getByLabel("E-mail"), "zola@contoso.test");
  await choose(page.getByRole("dialog").getByRole("combobox", { name: "Access role" }), "Loanee");
  await press(page.getByRole("dialog").getByRole("button", { name: "Add" }));
  await expect(page.getByRole("heading", { level: 1, name: "Zola Brandt" })).toBeVisible();

  await press(main(page).getByRole("link", { name: "Assets" }));
  await press(button(page, "Register an asset").first());
  await type(page.getByRole("dialog").getByLabel("Name", { exact: true }), "MacBook Air");
  await press(page.getByRole("dialog").getByRole("button", { name: "Register" }));
  await expect(page.getByRole("heading", { level: 1, name: /MacBook Air/ })).toBeVisible();
  await press(button(page, "Check out"));
  const dialog = page.getByRole("dialog");
  await type(dialog.getByRole("combobox"), "zola");
  await expect(page.getByRole("option")).toHaveText([/^Zola Brandt/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await press(dialog.getByRole("button", { name: "Check out" }));
  await expect(page.getByRole("region", { name: "Holder" })).toContainText("Zola Brandt");

  await press(page.getByRole("region", { name: "Holder" }).getByRole("link"));
  await press(button(page, "Disable"));
  await press(page.getByRole("dialog").getByRole("button", { name: "Disable" }));
  await expect(page.getByRole("dialog")).toBeHidden();
  await press(main(page).getByRole("link", { name: /^Recoveries/ }));
  await press(link(page, "Zola Brandt"));
  await press(button(page, /^Check in/).first());
  await press(page.getByRole("dialog").getByRole("button", { name: "Check in" }));
  await expect(page.getByText("Closed", { exact: true })).toBeVisible();
});
