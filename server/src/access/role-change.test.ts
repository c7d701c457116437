import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaredIn, definePermissions } from "./permissions.ts";
import { completePermissions, describeRoleChange } from "./role-change.ts";

const nouns = [
  definePermissions("assets", "Assets", {
    view: "See.",
    create: "Make.",
    "check-out": "Hand out.",
  }),
  definePermissions("people", "People", { view: "See.", edit: "Change." }),
].map(declaredIn);
const all = nouns.flatMap(({ verbs }) => verbs.map(({ permission }) => permission));

describe("permissions of a role", () => {
  test("are in the order of the matrix, each once", () => {
    expect(completePermissions(["people:view", "assets:view", "people:view"], nouns)).toEqual([
      "assets:view",
      "people:view",
    ]);
  });

  test("a noun one may do something with can be seen", () => {
    expect(completePermissions(["assets:check-out"], nouns)).toEqual([
      "assets:view",
      "assets:check-out",
    ]);
  });

  test("only those that exist", () => {
    expect(() => completePermissions(["assets:view", "assets:fly"], nouns)).toThrow("assets:fly");
  });

  test("completing is idempotent and takes nothing away", () => {
    fc.assert(
      fc.property(fc.subarray(all), (wanted) => {
        const once = completePermissions(wanted, nouns);
        expect(completePermissions(once, nouns)).toEqual(once);
        expect(once).toEqual(expect.arrayContaining(wanted));
      }),
    );
  });
});

describe("what changed, in a sentence", () => {
  const unlimited = { tenantIds: null, locationIds: null, categoryIds: null };
  const before = {
    ...unlimited,
    name: "Desk",
    description: "",
    permissions: ["assets:view", "assets:create"],
  };

  test("nothing", () => {
    expect(describeRoleChange(before, { ...before }, nouns)).toBeUndefined();
  });

  test("all of it", () => {
    const after = {
      ...unlimited,
      locationIds: ["lisbon"],
      name: "Help desk",
      description: "Hands out.",
      permissions: ["assets:view", "assets:check-out"],
    };
    expect(describeRoleChange(before, after, nouns)).toBe(
      "Access role renamed from Desk to Help desk; now allows Assets: Check out; no longer allows Assets: Create; description changed; limits changed",
    );
  });
});
