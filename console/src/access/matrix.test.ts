import { describe, expect, test } from "vitest";
import type { PermissionNoun } from "../api/contract.ts";
import { choose, columnsOf, stateOf } from "./matrix.ts";

const nounOf = (noun: string, ...verbs: string[]): PermissionNoun => ({
  noun,
  label: noun,
  verbs: verbs.map((verb) => ({ verb, permission: `${noun}:${verb}`, label: verb, sentence: "" })),
});
const assets = nounOf("assets", "view", "edit", "check-out");
const people = nounOf("people", "view", "edit");
const allowed = new Set(["assets:view", "assets:edit", "assets:check-out"]);

const click = (chosen: string[], verb: string, isOn: boolean, free = allowed) => {
  const verbs = assets.verbs.filter((one) => one.verb === verb);
  return [...choose(new Set(chosen), { noun: assets, verbs, isOn, allowed: free })].toSorted();
};

test("what several nouns have is a column", () => {
  expect(columnsOf([assets, people])).toEqual(["view", "edit"]);
});

describe("choosing", () => {
  test("seeing comes with doing", () => {
    expect(click([], "edit", true)).toEqual(["assets:edit", "assets:view"]);
  });
  test("nothing is done unseen", () => {
    expect(click(["assets:view", "assets:edit"], "view", false)).toEqual([]);
  });
  test("one deed goes, the others stay", () => {
    expect(click(["assets:view", "assets:edit"], "edit", false)).toEqual(["assets:view"]);
  });
  test("what one may not give stays as it is", () => {
    expect(click([], "edit", true, new Set(["assets:view"]))).toEqual([]);
  });
});

test("all, some, none", () => {
  expect(stateOf(new Set(["people:view", "people:edit"]), people.verbs)).toBe("all");
  expect(stateOf(new Set(["people:view"]), people.verbs)).toBe("some");
  expect(stateOf(new Set(), people.verbs)).toBe("none");
});
