import type { Page } from "@playwright/test";

/** Holds what is asked for until it is let go: as slow as a test wants. */
export const hold = async (page: Page, asked: RegExp, method?: string): Promise<() => void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(asked, async (route) => {
    if (method === undefined || route.request().method() === method) await promise;
    await route.continue();
  });
  return resolve;
};
