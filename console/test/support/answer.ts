import type { Dialog, Page } from "@playwright/test";

/** Does something that the browser asks a question about, and answers it; over when both are. */
export const answering = async (
  page: Page,
  answer: "accept" | "dismiss",
  deed: () => Promise<void>,
): Promise<void> => {
  const asked = page.waitForEvent("dialog").then((question: Dialog) => question[answer]());
  await Promise.all([asked, deed()]);
};
