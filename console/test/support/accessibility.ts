import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with what is wrong and where, in one line each. */
const expectAccessible = async (page: Page, onlyColours: boolean): Promise<void> => {
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    onlyColours ? axe.withRules("color-contrast") : axe.withTags(rules)
  ).analyze();
  expect(
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target.join(" ")})`),
    ),
  ).toEqual([]);
};

export const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, width })),
);

/** The page as somebody with that screen and preference sees it: nothing cut off at the side, nothing axe objects to. */
export const expectGoodLook = async (page: Page, look: (typeof looks)[number]): Promise<void> => {
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", look.colorScheme);
  await page.setViewportSize({ width: look.width, height: 900 });
  await expect
    .poll(
      () =>
        page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      { message: "pixels beyond the right edge" },
    )
    .toBeLessThanOrEqual(0);
  await settled(page);
  // In the dark nothing differs but the colours.
  await expectAccessible(page, look.colorScheme === "dark");
};

/** Waits until the page has been drawn as it is now, and every colour has come to where it goes. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    await nextFrame();
    await nextFrame();
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
      .map(({ finished }) => finished.catch(() => {}));
    await Promise.all(ends);
  });
