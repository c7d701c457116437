import { expect, test as base, type APIRequestContext, type Page } from "@playwright/test";
import { administrator, startServer, type Server } from "./server.ts";

type Fixtures = {
  server: Server;
  /** A page on which the administrator is signed in. */
  admin: Page;
  /** The API, as the administrator. */
  api: APIRequestContext;
};

/** The server of the file that a worker is at. */
type Running = { file?: string; server?: Server };

/** Tests against a server of their file's own; `admin` is signed in there. */
export const test = base.extend<Fixtures, { running: Running }>({
  running: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const running: Running = {};
      await use(running);
      await running.server?.stop();
    },
    { scope: "worker" },
  ],
  // A worker goes on to the next file; what one file has left would be in the way of another.
  server: async ({ running }, use, { file }) => {
    if (running.file !== file) {
      await running.server?.stop();
      Object.assign(running, { file, server: await startServer() });
    }
    if (running.server) await use(running.server);
  },
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      // What the server refuses on purpose is logged by the browser too.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        complaints.push(message.text());
    });
    await use(page);
    expect(complaints, "what the browser complained of").toEqual([]);
  },
  baseURL: async ({ server }, use) => use(server.url),
  api: async ({ context, server }, use) => {
    await context.request.post("/api/v1/sign-in", {
      data: administrator,
      headers: { origin: server.url },
    });
    await use(context.request);
  },
  admin: async ({ page, api: _signedIn }, use) => use(page),
});

export { expect } from "@playwright/test";
