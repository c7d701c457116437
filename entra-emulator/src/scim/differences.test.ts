import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPatch } from "../../test/strict-patch.ts";
import type { MappedValue, TargetValue } from "../mapping/apply.ts";
import { prepareMappings } from "../mapping/load.ts";
import { presets } from "../mapping/presets.ts";
import { canonical, findDifferences } from "./differences.ts";
import { patchBody, spellDifferences } from "./patch.ts";
import type { Dialect } from "./patch.ts";
import { buildUser } from "./resource.ts";
import { parseTargetPath, readTarget, writeTarget } from "./target-path.ts";

const paths = prepareMappings(presets.mail)
  .users.attributes.filter((row) => row.targetType !== "Reference")
  .map((row) => row.path);

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const mappedUser: fc.Arbitrary<readonly MappedValue[]> = fc
  .tuple(
    ...paths.map((path) => fc.option<TargetValue>(path.text === "active" ? fc.boolean() : text)),
  )
  .map((values) =>
    values.map((value, index) => ({
      path: paths[index] ?? parseTargetPath("none"),
      value,
      isForCreationOnly: false,
    })),
  );

describe.each<Dialect>(["legacy", "compliant"])("in the %s dialect", (dialect) => {
  test("a target that was patched with the differences holds every mapped value, and differs no more", () => {
    fc.assert(
      fc.property(mappedUser, mappedUser, (before, after) => {
        const target = buildUser(before);
        const operations = spellDifferences(findDifferences(after, target), dialect);
        const patched = applyPatch(target, { ...patchBody(operations) });
        for (const { path, value } of after.filter((one) => one.value !== null)) {
          expect(canonical(readTarget(patched, path))).toBe(canonical(value));
        }
        expect(findDifferences(after, patched)).toEqual([]);
      }),
    );
  });

  test("with clearing, what is empty at the source is gone at the target", () => {
    fc.assert(
      fc.property(mappedUser, mappedUser, (before, after) => {
        const target = buildUser(before);
        const operations = spellDifferences(findDifferences(after, target, true), dialect);
        const patched = applyPatch(target, { ...patchBody(operations) });
        expect(findDifferences(after, patched, true)).toEqual([]);
        for (const { path } of after.filter((one) => one.value === null)) {
          expect(readTarget(patched, path)).toBeUndefined();
        }
      }),
    );
  });
});

test("a created user differs in nothing from what it was created with", () => {
  fc.assert(
    fc.property(mappedUser, (mapped) => {
      expect(findDifferences(mapped, buildUser(mapped))).toEqual([]);
    }),
  );
});

test("the comparison is strict: letter case and spaces are differences", () => {
  const mapped = [{ path: parseTargetPath("title"), value: "Lead ", isForCreationOnly: false }];
  expect(findDifferences(mapped, { title: "Lead" })).toMatchObject([
    { verb: "replace", oldValue: "Lead", value: "Lead " },
  ]);
  expect(findDifferences(mapped, { title: "lead " })).toHaveLength(1);
  expect(findDifferences(mapped, { title: "Lead " })).toEqual([]);
});

test("compliant keeps values in a list apart and merges the others under flat keys (§3.4)", () => {
  const mapped = [
    ['emails[type eq "work"].value', "b@x"],
    ["displayName", "Ana B. Ito"],
    ["name.givenName", "Ana B."],
    ['phoneNumbers[type eq "work"].value', "+1"],
  ].map(([path = "", value = ""]) => ({
    path: parseTargetPath(path),
    value,
    isForCreationOnly: false,
  }));
  const target = {
    displayName: "Ana",
    name: { givenName: "Ana" },
    emails: [{ type: "work", value: "a@x" }],
  };
  expect(spellDifferences(findDifferences(mapped, target), "compliant")).toEqual([
    { op: "replace", path: 'emails[type eq "work"].value', value: "b@x" },
    { op: "add", path: 'phoneNumbers[type eq "work"].value', value: "+1" },
    { op: "replace", value: { displayName: "Ana B. Ito", "name.givenName": "Ana B." } },
  ]);
});

describe("roles (§3.6)", () => {
  const role = (value: string): { id: string; value: string; displayName: string } => ({
    id: `id-${value}`,
    value,
    displayName: value,
  });
  const mapped = (behaviour: "append" | "assert", ...values: readonly string[]): MappedValue => ({
    path: parseTargetPath("roles"),
    value: { kind: "roles", behaviour, roles: values.map(role) },
    isForCreationOnly: false,
  });

  test("the appending form adds what is missing, hidden in a JSON text in legacy, and never removes", () => {
    const differences = findDifferences([mapped("append", "A", "B")], {
      roles: [{ value: "A" }, { value: "Z" }],
    });
    expect(spellDifferences(differences, "legacy")).toEqual([
      {
        op: "Add",
        path: "roles",
        value: [{ value: '{"id":"id-B","value":"B","displayName":"B"}' }],
      },
    ]);
    expect(
      findDifferences([mapped("append", "A")], { roles: [{ value: "A" }, { value: "Z" }] }),
    ).toEqual([]);
  });

  test("the assertive form replaces the whole set", () => {
    const differences = findDifferences([mapped("assert", "A")], {
      roles: [{ value: "A" }, { value: "Z" }],
    });
    expect(spellDifferences(differences, "legacy")).toMatchObject([
      { op: "replace", path: "roles", value: [{ value: "A" }] },
    ]);
  });

  test('roles[primary eq "True"] compares a text with a boolean', () => {
    const path = parseTargetPath('roles[primary eq "True"].value');
    expect(
      readTarget(
        {
          roles: [
            { primary: false, value: "B" },
            { primary: true, value: "A" },
          ],
        },
        path,
      ),
    ).toBe("A");
    const body = {};
    writeTarget(body, path, "A");
    expect(body).toEqual({ roles: [{ primary: true, value: "A" }] });
  });
});

test.each([
  ["userName", { attribute: "userName" }],
  ["name.givenName", { attribute: "name", sub: "givenName" }],
  [
    'emails[type eq "work"].value',
    { attribute: "emails", filter: { attribute: "type", value: "work" }, sub: "value" },
  ],
  [
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    {
      schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      attribute: "department",
    },
  ],
  ["urn:ietf:params:scim:schemas:core:2.0:User:userName", { attribute: "userName" }],
  [
    "urn:ietf:params:scim:schemas:extension:contoso:2.0:User:badge",
    { schema: "urn:ietf:params:scim:schemas:extension:contoso:2.0:User", attribute: "badge" },
  ],
])("the target %s", (text, expected) => {
  expect(parseTargetPath(text)).toEqual({ text, ...expected });
});
