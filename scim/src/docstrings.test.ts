import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

/** What the face exports: each name with the file it is declared in. URNs speak for themselves. */
const exported = [...read("index.ts").matchAll(/export (?:type )?\{([^}]+)\} from "([^"]+)"/g)]
  .flatMap(([, names = "", file = ""]) =>
    names.split(",").map((name) => ({ name: name.trim().replace(/^type /, ""), file })),
  )
  .filter(({ name }) => name !== "" && !/^[A-Z_]+$/.test(name));

/** Whether a declaration has a docstring right before it. */
const isDescribed = (source: string, name: string): boolean =>
  new RegExp(
    String.raw`\*/\nexport (?:async )?(?:function\*?|const|class|interface|type) ${name}\b`,
  ).test(source);

test("everything public has a docstring", () => {
  expect(exported.length).toBeGreaterThan(60);
  const bare = exported.filter(({ name, file }) => !isDescribed(read(file), name));
  expect(bare.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
});

test("and one without is seen", () => {
  expect(isDescribed("/** Does it. */\nexport function one() {}", "one")).toBe(true);
  expect(isDescribed("const a = 1;\nexport function one() {}", "one")).toBe(false);
});
