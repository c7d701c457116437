import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { format } from "node:util";
import { expect, test } from "vitest";
import * as face from "./index.ts";

const scim = new Map<string, unknown>(Object.entries(face));

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README's example runs, and prints what its comments say", () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const [imports = ""] = /^import .*?;\n/ms.exec(code) ?? [];
  const names = imports.match(/\w+(?=,)/g) ?? [];
  const printed: string[] = [];
  const body = stripTypeScriptTypes(code.slice(imports.length));
  // oxlint-disable-next-line typescript/no-implied-eval -- the code is our own README
  const run = new Function("console", ...names, body) as (...values: unknown[]) => void;
  run(
    { log: (...values: unknown[]) => printed.push(format(...values)) },
    ...names.map((name) => scim.get(name)),
  );
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  expect(printed).toEqual(promised);
  expect(printed.length).toBeGreaterThan(5);
});

test("the README names everything that can be called", () => {
  const missing = [...scim.keys()].filter((name) => /^[a-z]/.test(name) && !readme.includes(name));
  expect(missing).toEqual([]);
});
