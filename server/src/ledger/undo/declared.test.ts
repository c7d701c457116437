import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

/** Only the identity provider's requests write these. */
const bySync = /^(user|group)\.(created|changed|deleted|restored)$/;
/** The beginnings of "connection.token-created" and its like. */
const beginnings = [
  "connection.token",
  "connection.client-secret",
  "connection.federated-credential",
];
/** Says that an undo was done; undoing it is undoing all that it did. */
const ofUndo = ["undo.applied"];

/** Every action that the source says it records. */
const recorded = (): string[] => {
  const source = join(import.meta.dirname, "../..");
  const files = globSync("**/*.ts", { cwd: source, exclude: (path) => path.includes(".test.") });
  const found = files.flatMap((file) =>
    readFileSync(join(source, file), "utf8")
      .split("\n")
      .filter((line) => /^[^*]*\baction:/.test(line) && !line.includes("Type."))
      .flatMap((line) => [...line.matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map(([, name]) => name!)),
  );
  return [...new Set(found)].toSorted();
};

test("every deed that is recorded can be undone, or says why not", () => {
  const { reversals, irreversible } = app.reversals;
  const declared = new Set([...reversals, ...irreversible].flatMap(({ actions }) => actions));
  const actions = recorded();
  expect(actions.length).toBeGreaterThan(40);
  const others = actions.filter((one) => !declared.has(one) && !bySync.test(one));
  expect(others).toEqual([...beginnings, ...ofUndo].toSorted());
});

test("no deed is declared twice", () => {
  const { reversals, irreversible } = app.reversals;
  const declared = [...reversals, ...irreversible].flatMap(({ actions }) => actions);
  expect(declared.filter((one, index) => declared.indexOf(one) !== index)).toEqual([]);
});
