import { expect, test } from "vitest";
import { callAsset } from "./call-asset.ts";

const cases = [
  { tag: "AST-1", name: "ThinkPad", called: "AST-1 · ThinkPad" },
  { tag: "AST-1", name: "", called: "AST-1" },
  { tag: "AST-1", name: "AST-1", called: "AST-1" },
];

test.for(cases)("$tag named “$name” is called $called", ({ called, ...asset }) => {
  expect(callAsset(asset)).toBe(called);
});
