import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startStrictServer } from "./strict-server.ts";
import type { StrictServer } from "./strict-server.ts";

type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

const bin = fileURLToPath(new URL("../bin/entra-emulator.js", import.meta.url));

let server: StrictServer;
let folder: string;
beforeEach(async () => {
  server = await startStrictServer();
  folder = await mkdtemp(join(tmpdir(), "entra-emulator-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const start = (...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

const run = (command: string, ...args: readonly string[]): Promise<Outcome> =>
  start(command, "--url", server.url, "--token", server.token, ...args);

test("sync tells what it did and exits 0; with --fail-on-write 3, then 0", async () => {
  const first = await run("sync", "--fail-on-write");
  expect(first.code).toBe(3);
  expect(first.stdout).toContain("Initial cycle completed");
  expect(first.stdout).toContain("66 created, 56 managers set, 81 members added");
  expect(first.stdout).toContain("2 skipped: the source attribute for userName is empty");
  expect(await run("sync", "--fail-on-write", "--json")).toMatchObject({ code: 0 });
});

test("--state makes the second run incremental; --log is one JSON object a line", async () => {
  const [state, log] = [join(folder, "state.json"), join(folder, "log.ndjson")];
  await run("sync", "--state", state, "--log", log, "--json");
  const second = await run("sync", "--state", state, "--log", log, "--json");
  expect(JSON.parse(second.stdout)).toMatchObject({ kind: "incremental", writes: 0 });
  const entries = (await readFile(log, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(entries[0]).toMatchObject({
    cycle: 1,
    status: "success",
    action: "Create",
    sourceId: expect.any(String),
    targetId: expect.any(String),
  });
});

test("--story tells a line for each change and goes on where it stopped", async () => {
  const state = join(folder, "state.json");
  const args = [
    "--cycles",
    "3",
    "--every",
    "0",
    "--story",
    "--seed",
    "4",
    "--state",
    state,
  ] as const;
  const first = await run("sync", ...args);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/• .+ moved from .+ to .+/);
  expect(first.stdout).toMatch(/• .+ joined .+ as .+/);
  expect(first.stdout).toMatch(/• .+ left \(account disabled\)/);
  const again = await run("sync", ...args);
  expect(again.stdout).toMatch(/^Incremental cycle completed.*\n {2}nothing to do/);
  expect(again.stdout).toMatch(/• .+ returned/);
  // Without --story nobody moves on, but what happened has happened.
  expect((await run("sync", "--state", state, "--fail-on-write")).code).toBe(0);
});

test("failures exit 1 with the code and the server's own words", async () => {
  server.intercept = ({ method, url }) =>
    method === "POST" && url.endsWith("/Groups")
      ? { status: 400, body: '{"detail":"no groups today"}' }
      : undefined;
  const { code, stdout } = await run("sync");
  expect(code).toBe(1);
  expect(stdout).toContain("9 failed");
  expect(stdout).toContain(
    "Create Group Finance: SystemForCrossDomainIdentityManagementBadRequest",
  );
  expect(stdout).toContain('{"detail":"no groups today"}');
});

test("a server that is not there is exit 2 before, and 1 once the cycle has begun", async () => {
  const state = join(folder, "state.json");
  server.intercept = () => {
    if (server.users.size >= 10) void server.close();
    return undefined;
  };
  expect((await run("sync", "--state", state)).code).toBe(1);
  const kept = JSON.parse(await readFile(state, "utf8")) as { users: object; watermark: unknown };
  expect(Object.keys(kept.users).length).toBeGreaterThanOrEqual(10);
  expect(kept.watermark).toBeNull();
  expect((await run("sync", "--state", state)).code).toBe(2);
  expect((await run("test")).code).toBe(2);
  server = await startStrictServer();
});

test("a generated organisation arrives whole", async () => {
  const { code, stdout } = await run("sync", "--generate", "150", "--seed", "3", "--json");
  expect(code).toBe(0);
  // 150 people, 8 departments, 2 teams; everybody is in one of each; everybody but the first has a manager.
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { created: 160, managersSet: 149, membersAdded: 300 },
  });
});

test("test, provision and validate answer with their exit codes", async () => {
  expect(await run("test")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("✓ Groups  200"),
  });
  expect((await start("test", "--url", server.url, "--token", "wrong")).code).toBe(2);
  expect((await run("provision", "--subject", "Ana Ito")).code).toBe(0);
  expect((await run("validate")).stdout).toContain("47 passed, 0 failed");
  server.intercept = ({ method }) => (method === "PATCH" ? { status: 501, body: "" } : undefined);
  expect((await run("validate", "--json")).code).toBe(1);
});

const oauth = (endpoint: string): string[] =>
  `test --url http://127.0.0.1:1 --token-endpoint ${endpoint} --client-id C --client-secret S`.split(
    " ",
  );

test.each([
  [["sync"], "required option '--url"],
  [["sync", "--url", "nonsense", "--token", "T"], "not an http or https address"],
  [
    ["sync", "--url", "http://127.0.0.1:1", "--token", "T", "--directory", "nowhere.json"],
    "Cannot read the directory file",
  ],
  [
    ["sync", "--url", "http://127.0.0.1:1", "--token", "T", "--preset", "other"],
    "choose mail or upn",
  ],
  [["test", "--url", "http://127.0.0.1:1"], "give --token"],
  [["test", "--url", "http://127.0.0.1:1", "--client-id", "C"], "needs --token-endpoint"],
  [[...oauth("https://host/token"), "--token", "T"], "give --token or an OAuth client, not both"],
  [oauth("host/token"), "not an http or https address"],
  [
    [...oauth("https://host/token"), "--send-credentials", "cookie"],
    "choose header or body or both",
  ],
])("%j is refused with exit 2", async (args, message) => {
  const { code, stderr } = await start(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

test("--help shows the commands, examples and exit codes", async () => {
  const { code, stdout } = await start("--help");
  expect(code).toBe(0);
  for (const text of ["test", "sync", "provision", "validate", "Examples:", "Exit codes:"])
    expect(stdout).toContain(text);
});
