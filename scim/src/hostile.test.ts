import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyPatch,
  parseFilter,
  parseListQuery,
  parsePatch,
  parseResource,
  ScimError,
  USER_SCHEMA,
  userResourceType,
} from "./index.ts";

const NASTY = [
  "\0",
  "\uD800",
  "__proto__",
  "constructor",
  "urn:a:\0",
  "urn:a:b\uDC00",
  "x".repeat(600),
];
const text = fc.oneof(
  fc.constantFrom(...NASTY, "urn:a:b", "urn:a:b:c", "userName", "emails"),
  fc.string({ unit: "binary" }),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 1e300, 5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** What a database can hold: no NUL, no half of a surrogate pair, in names neither. */
const expectStorable = (result: unknown): void => {
  const written = JSON.stringify(result);
  expect(written).not.toMatch(/\\u0000|\\ud[89a-f]/i);
};

const outcome = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScimError) return { detail: error.detail };
    throw error;
  }
};

test("whatever comes in, what comes out can be stored and shown", () => {
  const start = { schemas: [USER_SCHEMA], userName: "a" };
  fc.assert(
    fc.property(json, text, json, (body, path, value) => {
      const extra = typeof body === "object" && body !== null ? body : {};
      expectStorable(outcome(() => parseResource(userResourceType, { userName: "a", ...extra })));
      for (const operation of [
        { op: "add", path, value },
        { op: "replace", value },
        { op: "add", value: { "urn:a:b": value } },
      ]) {
        const read = () =>
          applyPatch(
            start,
            parsePatch({ Operations: [operation] }, userResourceType),
            userResourceType,
          );
        expectStorable(outcome(read));
      }
      expectStorable(outcome(() => parseFilter(path, userResourceType)));
      expectStorable(outcome(() => parseListQuery({ sortBy: path }, userResourceType)));
    }),
    { numRuns: 1000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("ten thousand operations on short values are one change", () => {
  const Operations = Array.from({ length: 10_000 }, (_, at) => ({
    op: "replace",
    path: "displayName",
    value: `v${at}`,
  }));
  const start = { schemas: [USER_SCHEMA], userName: "a" };
  const operations = parsePatch({ Operations }, userResourceType);
  const { resource } = applyPatch(start, operations, userResourceType);
  expect(resource["displayName"]).toBe("v9999");
});
