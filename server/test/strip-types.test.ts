import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "muster-strip-"));
  for (const folder of ["server/bin", "server/src", "scim/src", "node_modules"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  cpSync(
    join(import.meta.dirname, "../bin/strip-types.js"),
    join(root, "server/bin/strip-types.js"),
  );
  write("scim/src/name.ts", 'export const name: string = "Ana";');
  write("server/src/main.ts", greeting("Hello"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, source: string) => writeFileSync(join(root, file), source);

/** Says whether the compiler that strips types has been loaded. */
const greeting = (word: string) => `
  import { name } from "../../scim/src/name.ts";
  const loaded: readonly string[] = (process as unknown as { moduleLoadList: string[] }).moduleLoadList;
  console.log("${word}", name, loaded.some((module) => module.includes("amaro")));
`;

const run = (...flags: string[]): string =>
  execFileSync(process.execPath, [...flags, "server/src/main.ts"], {
    cwd: root,
    encoding: "utf8",
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();

const preloaded = "--import=./server/bin/strip-types.js";

test("no process that runs sources has the compiler in memory, not even the first", () => {
  expect(run()).toBe("Hello Ana true");
  expect(run(preloaded)).toBe("Hello Ana false");
  expect(run(preloaded)).toBe("Hello Ana false");
});

test("a source that was edited is read anew", () => {
  run(preloaded);
  write("server/src/main.ts", greeting("Welcome"));
  expect(run(preloaded)).toBe("Welcome Ana false");
});

test.each(["", "const half", "\0".repeat(300)])(
  "what is not whole on the disk is stripped again",
  (text) => {
    run(preloaded);
    const kept = join(root, "node_modules/.cache/muster/types-stripped", process.version);
    for (const file of readdirSync(kept)) writeFileSync(join(kept, file), text);
    expect(run(preloaded)).toBe("Hello Ana false");
  },
);

test("where nothing can be kept, Node strips the types as ever", () => {
  write("node_modules/.cache", "no folder");
  expect(run(preloaded)).toBe("Hello Ana true");
});

test("a source that cannot be stripped is complained of by Node", () => {
  write("server/src/other.ts", "enum Colour { Red }");
  write("server/src/main.ts", 'import "./other.ts";');
  expect(() => run(preloaded)).toThrow(/enum/);
});
