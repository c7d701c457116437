import { defineConfig } from "@playwright/test";
import { findBrowser } from "./console/test/support/find-browser.ts";

const browser = await findBrowser();

export default defineConfig({
  testDir: "console/test",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    reducedMotion: "reduce",
    launchOptions: {
      ...browser,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        "--disable-gpu",
      ],
    },
  },
});
