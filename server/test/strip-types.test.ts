import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
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

const versions = () => join(root, "node_modules/.cache/muster/types-stripped");
const kept = () => join(versions(), process.version);

/** As if everything there had been kept a while ago. */
const age = (folder: string) => {
  const hourAgo = Date.now() / 1000 - 3600;
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), hourAgo, hourAgo);
};

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
    for (const file of readdirSync(kept())) writeFileSync(join(kept(), file), text);
    expect(run(preloaded)).toBe("Hello Ana false");
  },
);

test("what is kept of sources that are no more goes with the next edit, however often", () => {
  for (const word of ["Hello", "Welcome", "Good morning"]) {
    write("server/src/main.ts", greeting(word));
    expect(run(preloaded)).toBe(`${word} Ana false`);
    age(kept());
    expect(readdirSync(kept())).toHaveLength(2);
  }
});

test("so does what a process left half-written, and what another version of Node kept", () => {
  run(preloaded);
  write(`${kept().slice(root.length)}/abc.js.123`, "half");
  mkdirSync(join(versions(), "v20.0.0"));
  write(`${versions().slice(root.length)}/v20.0.0/abc.js`, "old");
  age(kept());
  age(versions());
  write("server/src/main.ts", greeting("Welcome"));
  run(preloaded);
  expect(readdirSync(versions())).toEqual([process.version]);
  expect(readdirSync(kept())).toHaveLength(2);
});

test("what another process has kept just now stays, and what it is about to keep", () => {
  run(preloaded);
  write(`${kept().slice(root.length)}/abc.js`, "of a source that was edited meanwhile");
  write(`${kept().slice(root.length)}/def.js.123`, "half");
  mkdirSync(join(versions(), "v20.0.0"));
  write("server/src/main.ts", greeting("Welcome"));
  run(preloaded);
  expect(readdirSync(kept())).toEqual(expect.arrayContaining(["abc.js", "def.js.123"]));
  expect(readdirSync(versions())).toContain("v20.0.0");
});

test("where nothing can be kept, Node strips the types as ever", () => {
  write("node_modules/.cache", "no folder");
  expect(run(preloaded)).toBe("Hello Ana true");
});

test("a source that cannot be stripped is complained of by Node", () => {
  write("server/src/other.ts", "enum Colour { Red }");
  write("server/src/main.ts", 'import "./other.ts";');
  expect(() => run(preloaded)).toThrow(/enum/);
});
