import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ScimError } from "../messages/error.ts";
import type { Resource } from "../resource/resource.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA as ENT, PATCH_OP, USER_SCHEMA } from "../urns.ts";
import { applyPatch } from "./apply-patch.ts";
import { parsePatch } from "./parse-patch.ts";

/**
 * The reference model: a user as a flat table from path to text, which is what an administrator believes a directory
 * sync does. One row is one single-valued attribute, or one part of the address of one type.
 */
type Table = Map<string, string>;

const SINGLES = [
  "title",
  "nickName",
  "name.givenName",
  "name.familyName",
  `${ENT}:department`,
  `${ENT}:manager.value`,
];
const LISTED = ["work", "home"].flatMap((kind) =>
  ["locality", "country"].map((part) => `addresses[type eq "${kind}"].${part}`),
);

interface Change {
  op: "add" | "replace" | "remove";
  path: string;
  value?: string;
}

const text = fc.constantFrom("a", "B", "c d", "é");
const path = fc.constantFrom(...SINGLES, ...LISTED);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ op: fc.constantFrom("add" as const, "replace" as const), path, value: text }),
  fc.record({ op: fc.constant("remove" as const), path }),
);
const changes = fc.array(change, { maxLength: 12 });

const model = (operations: readonly Change[]): Table => {
  const table: Table = new Map();
  for (const { op, path, value } of operations) {
    if (op === "remove" || value === undefined) table.delete(path);
    else table.set(path, value);
  }
  return table;
};

/** The resource, read as the same table, by plain property access and nothing of the engine. */
function tabulate(resource: Resource): Table {
  const table: Table = new Map();
  const note = (key: string, value: unknown) => {
    if (typeof value === "string") table.set(key, value);
  };
  type Loose = Record<string, Record<string, Record<string, unknown> | undefined> | undefined>;
  const loose = resource as unknown as Loose;
  note("title", resource["title"]);
  note("nickName", resource["nickName"]);
  note("name.givenName", loose["name"]?.["givenName"]);
  note("name.familyName", loose["name"]?.["familyName"]);
  note(`${ENT}:department`, loose[ENT]?.["department"]);
  note(`${ENT}:manager.value`, loose[ENT]?.["manager"]?.["value"]);
  for (const address of (resource["addresses"] ?? []) as Record<string, string>[]) {
    for (const part of ["locality", "country"])
      note(`addresses[type eq "${address["type"]}"].${part}`, address[part]);
  }
  return table;
}

const empty: Resource = { schemas: [USER_SCHEMA], userName: "ana" };
const apply = (resource: Resource, operations: readonly object[]) =>
  applyPatch(
    resource,
    parsePatch({ schemas: [PATCH_OP], Operations: operations }, userResourceType),
    userResourceType,
    {
      onNoTarget: "create",
      onNothingToRemove: "ignore",
    },
  );

test("the engine agrees with a table of paths and values", () => {
  fc.assert(
    fc.property(changes, (operations) => {
      const { resource } = apply(empty, operations);
      expect(tabulate(resource)).toEqual(model(operations));
      const addresses = (resource["addresses"] ?? []) as { type: string }[];
      expect(new Set(addresses.map(({ type }) => type)).size).toBe(addresses.length);
    }),
    { numRuns: 500 },
  );
});

test("one request with many operations equals many requests with one", () => {
  fc.assert(
    fc.property(changes, (operations) => {
      const together = apply(empty, operations).resource;
      let apart = empty;
      for (const operation of operations) apart = apply(apart, [operation]).resource;
      expect({ ...together, schemas: [] }).toEqual({ ...apart, schemas: [] });
    }),
  );
});

test("a change applied twice is applied once", () => {
  fc.assert(
    fc.property(changes, change, (before, operation) => {
      const once = apply(apply(empty, before).resource, [operation]);
      const twice = apply(once.resource, [operation]);
      expect(twice.changed).toBe(false);
      expect(twice.resource).toBe(once.resource);
    }),
  );
});

/** The other dialect of the same change: one path-less value, shaped like a resource. */
const nested = (operations: readonly Change[]): object => {
  const value: Record<string, unknown> = {};
  for (const { path, value: text } of operations) {
    const [holder, name] = path.startsWith(ENT) ? [ENT, path.slice(ENT.length + 1)] : ["", path];
    const target = holder ? ((value[holder] ??= {}) as Record<string, unknown>) : value;
    const [first = "", part] = name.split(".");
    if (part) target[first] = { ...(target[first] as object | undefined), [part]: text };
    else target[first] = text;
  }
  return { op: "replace", value };
};

test("an operation for each path and one path-less value lead to the same resource", () => {
  const single = fc.record({
    op: fc.constant("replace" as const),
    path: fc.constantFrom(...SINGLES),
    value: text,
  });
  fc.assert(
    fc.property(changes, fc.array(single, { minLength: 1, maxLength: 6 }), (before, operations) => {
      const start = apply(empty, before).resource;
      expect(apply(start, [nested(operations)]).resource).toEqual(
        apply(start, operations).resource,
      );
    }),
  );
});

test("no body whatever makes anything but a resource or a SCIM error", () => {
  const loosePath = fc.oneof(
    path,
    fc.string(),
    fc.constantFrom("members", "id", "emails", ENT, "urn:a:b:c", "__proto__", "emails[type eq 1]"),
  );
  const loose = fc.record(
    { op: fc.constantFrom("add", "remove", "replace"), path: loosePath, value: fc.jsonValue() },
    { requiredKeys: ["op"] },
  );
  fc.assert(
    fc.property(fc.array(loose, { maxLength: 3 }), (operations) => {
      try {
        expect(apply(empty, operations).resource["userName"]).toBeTypeOf("string");
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
      }
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    }),
  );
});
