import type { Page } from "@playwright/test";
import { makers } from "./support/make.ts";
import { fillMirror, memoryOf, watchDecisions, type Sample } from "./support/store.ts";
import { expect, test } from "./support/test.ts";

/** `npm run journey:mapping-100000` sets it; the tests do with few. */
const people = Number(process.env["MUSTER_TEST_PEOPLE"] ?? 2000);
const many = people.toLocaleString("en-GB");
const patience = 120_000 + people * 20;

test.describe.configure({ mode: "serial", timeout: 3 * patience });

const group = "Everybody who works here";

/** What people have before and after the edit; there is nothing between. */
const before = "Leeds: Viewer";
const after = "York: Editor";

test("a mapping edit is seen before, followed while it is applied, and never leaves anybody half decided", async ({
  admin: page,
  api,
  server,
}) => {
  const clock = startClock();
  const make = makers(api, server);
  const [leeds, york] = [await make.tenant("Leeds"), await make.tenant("York")];
  const { id: connectionId, ...connection } = await make.connection("Microsoft Entra ID");
  const { id: groupId } = await make.scim(connection, "/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: group,
    externalId: "everybody",
  });
  const place = { server, connectionId };
  await fillMirror(place, { groupId, people });
  clock.say("put into the mirror");

  await page.goto(`/settings/integrations/scim/${connectionId}?tab=roles`);
  await chooseRole(page, "Viewer");
  await chooseTenant(page, leeds.id);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await followToTheEnd(page);
  clock.say("decided for the first time");
  await expectPeople(page, "Viewer", "Leeds");

  const watch = await watchDecisions(place);
  await page.goto(`/settings/integrations/scim/${connectionId}?tab=roles`);
  await chooseTenant(page, york.id);
  await chooseRole(page, "Editor");
  await page.getByRole("button", { name: "Preview effect" }).click();
  const preview = page.getByRole("dialog", { name: "What would change" });
  await expect(preview.getByRole("list", { name: "In numbers" })).toHaveText(
    `${many} people change tenant`,
    { timeout: patience },
  );
  await expect(preview.getByRole("row", { name: /Viewer · Leeds Editor · York/ })).toHaveCount(100);
  clock.say("looked at before saving");

  await preview.getByRole("button", { name: "Save" }).click();
  const seen = await followToTheEnd(page);
  clock.say("decided anew");
  const samples = await watch.stop();
  expect(seen, "what the bar showed on the way").toEqual(seen.toSorted((a, b) => a - b));
  // Two seconds are enough to see the bar move; whoever decides faster need not show one.
  if (people >= 10_000) expect(new Set(seen).size).toBeGreaterThan(5);
  expect(samples.flatMap(faultsOf)).toEqual([]);
  expect(samples.at(-1)?.people).toEqual({ [after]: people });
  // What is looked for would be seen.
  expect(faultsOf({ decided: 1, people: { [before]: people - 1, nothing: 1 } })).toHaveLength(2);
  await expectPeople(page, "Editor", "York");

  const memory = await memoryOf(server);
  clock.say(`${samples.length} samples, ${seen.length} looks at the bar; server ${memory} MB`);
});

/** Whoever is decided has all of the new, whoever is not has all of the old, and the count says how many. */
const faultsOf = ({ decided, people: has }: Sample): string[] => {
  const { [before]: old = 0, [after]: fresh = 0, ...halfway } = has;
  return [
    ...Object.entries(halfway).map(([what, count]) => `${count} people have ${what}`),
    ...(old > 0 && fresh > 0 && fresh !== decided
      ? [`${decided} people are said to be decided, ${fresh} are`]
      : []),
    ...(old + fresh === people ? [] : [`${old + fresh} of ${people} people have what they should`]),
  ];
};

const chooseRole = (page: Page, role: string) =>
  page.getByRole("combobox", { name: `Access role of ${group}` }).selectOption(role);

const chooseTenant = (page: Page, id: string) =>
  page.getByRole("combobox", { name: `Tenant of ${group}` }).selectOption(id);

/** Looks at the progress bar until all is done; gives the percentages it showed. */
const followToTheEnd = async (page: Page): Promise<number[]> => {
  const end = Date.now() + patience;
  const bar = page.getByRole("progressbar", { name: "People decided anew" });
  const done = page.getByText("The rules are saved and applied");
  const seen: number[] = [];
  await expect(bar.or(done)).toBeVisible();
  while (!(await done.isVisible())) {
    expect(Date.now(), "it is done in time").toBeLessThan(end);
    const percent = await bar.getAttribute("aria-valuenow", { timeout: 1000 }).catch(() => null);
    if (percent !== null) seen.push(Number(percent));
    if (seen.length === 3)
      await page.screenshot({ path: test.info().outputPath("applying.png"), fullPage: true });
    await page.waitForTimeout(250);
  }
  return seen;
};

/** The console lists everybody, and nobody else, with the role and in the tenant. */
const expectPeople = async (page: Page, role: string, tenant: string) => {
  await page.goto("/accounts?status=active&origin=mapping");
  await page.getByRole("combobox", { name: "Access role" }).click();
  await page.getByRole("option", { name: role }).click();
  await expect(page.getByText(`${many} people`)).toBeVisible();
  await expect(page.getByRole("row", { name: /^Person 0/ }).first()).toContainText(tenant);
};

/** Says how long each part took, where somebody measures. */
const startClock = () => {
  let last = Date.now();
  return {
    say: (what: string) => {
      const seconds = ((Date.now() - last) / 1000).toFixed(1);
      if (process.env["MUSTER_TEST_PEOPLE"] !== undefined)
        process.stdout.write(`${many} people: ${what} (${seconds} s)\n`);
      last = Date.now();
    },
  };
};
