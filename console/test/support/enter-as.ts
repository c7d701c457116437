import type { Browser, Page } from "@playwright/test";
import { administrator, type Server } from "./server.ts";

/** A page of a browser of their own, on which somebody has signed in by their link. */
export const enterAs = async (browser: Browser, server: Server, link: string): Promise<Page> => {
  const context = await browser.newContext({ baseURL: server.url });
  const answer = await context.request.post(`/api/v1/sign-in-links/${link.split("/").at(-1)}`, {
    data: { password: administrator.password },
    headers: { origin: server.url },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  return context.newPage();
};
