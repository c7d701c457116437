import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { unpackChromium } from "./unpack-chromium.ts";

/** What Playwright's launch needs to start a browser. */
export type Browser = { executablePath: string; env?: Record<string, string> };

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

/**
 * The browser for the tests: `$CHROME_PATH`, else Playwright's own if it was downloaded, else one of this machine, else the
 * one that came with `npm ci` (Linux x64).
 * @throws Error with what to do when there is none: browser tests are never skipped in silence
 */
export const findBrowser = async (): Promise<Browser> => {
  const wanted = process.env["CHROME_PATH"];
  if (wanted !== undefined) {
    if (!starts(wanted)) throw new Error(`CHROME_PATH is "${wanted}", which does not start.`);
    return { executablePath: wanted };
  }
  const found = [chromium.executablePath(), ...installed].find(
    (path) => existsSync(path) && starts(path),
  );
  if (found !== undefined) return { executablePath: found };
  if (process.platform === "linux" && process.arch === "x64") {
    const { executablePath, env, libraries } = await unpackChromium();
    // libnss3 and its kin are the machine's where it has them, else those that came along.
    const working = [env, { ...env, LD_LIBRARY_PATH: libraries }].find((one) =>
      starts(executablePath, one),
    );
    if (working !== undefined) return { executablePath, env: working };
  }
  throw new Error(
    "No browser for the tests: run `npx playwright install chromium`, or set CHROME_PATH to a Chrome or Chromium.",
  );
};

const starts = (path: string, env: Record<string, string> = {}): boolean =>
  spawnSync(path, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 }).status === 0;
