import {
  applyPatch,
  evaluateFilter,
  groupResourceType,
  integer,
  memberChange,
  parseFilter,
  parsePatch,
  parseResource,
  PATCH_OP,
  type Resource,
  type ResourceType,
  ScimError,
  userResourceType,
} from "@muster/scim";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import filters from "./corpus/filters.json" with { type: "json" };
import patches from "./corpus/patches.json" with { type: "json" };
import resources from "./corpus/resources.json" with { type: "json" };
import {
  defaultQuirks,
  type EnabledQuirks,
  normalizeFilter,
  normalizePatch,
  normalizeResource,
  patchOptionsFor,
  type QuirkKey,
  quirks,
} from "./entra-quirks.ts";

const types: Record<string, ResourceType> = { User: userResourceType, Group: groupResourceType };

interface Case {
  row: string;
  title: string;
  type: string;
  /** The scimType of the refusal, where one is due. */
  error?: string;
  after?: object;
  ignored?: string[];
}
interface PatchCase extends Case {
  before: object;
  operations: unknown[];
  changed?: boolean;
}
interface ResourceCase extends Case {
  body: object;
}
interface FilterCase {
  row: string;
  type: string;
  filter: string;
  matches?: boolean;
  error?: string;
}

const patchCases = patches as PatchCase[];
const resourceCases = resources as ResourceCase[];
const filterCases = filters.cases as FilterCase[];

const named = (cases: readonly PatchCase[]): PatchCase[] =>
  cases.map((each) => ({ ...each, title: `${each.row} ${each.title}` }));

const stored = (type: ResourceType, attributes: object): Resource => ({
  schemas: [type.schema.id],
  ...(type === userResourceType && { userName: "ana" }),
  ...attributes,
});

const patch = (
  { type: name, before, operations }: PatchCase,
  enabled: EnabledQuirks = defaultQuirks,
) => {
  const type = types[name]!;
  const body = { schemas: [PATCH_OP], Operations: operations };
  const sent = structuredClone(body);
  const normal = normalizePatch(body, type, { id: "own", enabled });
  expect(body).toEqual(sent);
  return applyPatch(stored(type, before), parsePatch(normal, type), type, patchOptionsFor(enabled));
};

/** `schemas` follows from the rest, and is the business of scim/. */
const withoutSchemas = ({ schemas: _schemas, ...rest }: Resource): object => rest;

describe("PATCH, row by row", () => {
  test.each(named(patchCases.filter(({ error }) => error === undefined)))("$title", (each) => {
    const { resource, changed, ignored } = patch(each);
    expect(withoutSchemas(resource)).toEqual(
      withoutSchemas(stored(types[each.type]!, each.after!)),
    );
    expect(changed).toBe(
      each.changed ?? JSON.stringify(each.before) !== JSON.stringify(each.after),
    );
    expect(ignored).toEqual(each.ignored ?? []);
  });

  test.each(named(patchCases.filter(({ error }) => error !== undefined)))(
    "$title is refused",
    (each) => {
      expect(() => patch(each)).toThrow(
        expect.objectContaining({ status: 400, scimType: each.error }),
      );
    },
  );

  test.each(named(patchCases.filter(({ error }) => error === undefined)))(
    "$title, sent again, changes nothing",
    (each) => {
      const once = patch(each).resource;
      expect(patch({ ...each, before: once }).resource).toEqual(once);
    },
  );
});

describe("POST and PUT, row by row", () => {
  const read = ({ type, body }: ResourceCase) =>
    parseResource(types[type]!, normalizeResource(body, types[type]!));

  test.each(resourceCases.filter(({ error }) => error === undefined))("$row $title", (each) => {
    const { resource, ignored } = read(each);
    expect(withoutSchemas(resource)).toEqual(each.after);
    expect(ignored).toEqual(each.ignored ?? []);
  });

  test.each(resourceCases.filter(({ error }) => error !== undefined))(
    "$row $title is refused",
    (each) => {
      expect(() => read(each)).toThrow(
        expect.objectContaining({ status: 400, scimType: each.error }),
      );
    },
  );
});

describe("filters, row by row", () => {
  const matches = ({ filter, type }: FilterCase): boolean =>
    evaluateFilter(parseFilter(normalizeFilter(filter, types[type]!), types[type]!), filters.user);

  test.each(filterCases.filter(({ error }) => error === undefined))("$row $filter", (each) => {
    expect(matches(each)).toBe(each.matches);
  });

  test.each(filterCases.filter(({ error }) => error !== undefined))(
    "$row $filter is refused",
    (each) => {
      expect(() => matches(each)).toThrow(expect.objectContaining({ scimType: each.error }));
    },
  );

  test("a member is found by bare text", () => {
    const filter = normalizeFilter('id eq "9d" and members eq "6f"', groupResourceType);
    expect(
      evaluateFilter(parseFilter(filter, groupResourceType), {
        id: "9d",
        members: [{ value: "6f" }],
      }),
    ).toBe(true);
  });
});

describe("each quirk can be switched off", () => {
  const cases: Record<
    QuirkKey,
    { path?: string; op?: string; value?: unknown; before?: object; filter?: string; type?: string }
  > = {
    verbCase: { op: "Replace", path: "title", value: "T" },
    textBooleans: { path: "active", value: "True" },
    textNumbers: { path: "title", value: 5 },
    flatKeys: { value: { "name.givenName": "A" } },
    removeByValue: {
      op: "remove",
      path: "members",
      value: [{ value: "a" }],
      before: { displayName: "G", members: [{ value: "a" }] },
      type: "Group",
    },
    emptyClears: { path: "title", value: "", before: { title: "T" } },
    looseReferences: { path: "manager", value: "b2" },
    looseLists: { path: "emails", value: { value: "a@x" } },
    wrappedValues: { path: "title", value: [{ value: "T" }] },
    jsonRoles: { path: "roles", value: [{ value: '{"value":"Admin"}' }] },
    memberNoise: {
      op: "add",
      path: "members",
      value: [{ value: "a", email: "a@x" }],
      before: { displayName: "G" },
      type: "Group",
    },
    readOnlyInValue: { value: { id: "own", title: "T" } },
    mistypedUrns: {
      path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department",
      value: "IT",
    },
    dottedUrns: {
      path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department",
      value: "IT",
    },
    unlistedCoreAttributes: { path: "urn:ietf:params:scim:schemas:core:2.0:User:role", value: "x" },
    unquotedFilters: { filter: "userName eq ana" },
    createOnNoMatch: { path: 'emails[type eq "work"].value', value: "a@x" },
    removeWithoutMatch: { op: "remove", path: 'emails[type eq "work"]' },
  };

  const outcome = (key: QuirkKey, isOn: boolean): unknown => {
    const { filter, type = "User", before = {}, ...operation } = cases[key];
    const enabled = new Set(defaultQuirks);
    if (!isOn) enabled.delete(key);
    try {
      if (filter !== undefined)
        return parseFilter(
          normalizeFilter(filter, userResourceType, { enabled }),
          userResourceType,
        );
      const each = {
        row: "",
        title: "",
        type,
        before,
        operations: [{ op: "replace", ...operation }],
      };
      return patch(each, enabled);
    } catch (error) {
      if (error instanceof ScimError) return error.scimType;
      throw error;
    }
  };

  test.each([...quirks])("$key", ({ key }) => {
    expect(outcome(key, true)).not.toEqual(outcome(key, false));
    expect(outcome(key, true)).toBeTypeOf("object");
  });
});

test("textNumbers: a number as text, where an extension has a number", () => {
  const schema = { id: "urn:x:y", name: "Y", description: "", attributes: [integer("floor", "")] };
  const type = { ...userResourceType, extensions: [{ schema, required: false }] };
  const body = { Operations: [{ op: "add", path: "urn:x:y:floor", value: "-2" }] };
  expect(parsePatch(normalizePatch(body, type), type)).toMatchObject([{ value: -2 }]);
  const enabled = new Set(defaultQuirks);
  enabled.delete("textNumbers");
  expect(() => parsePatch(normalizePatch(body, type, { enabled }), type)).toThrow(
    /must be an integer/,
  );
  expect(normalizeFilter('urn:x:y:floor eq "-2"', type)).toBe("urn:x:y:floor eq -2");
});

test("a long list of members to remove stays within what a filter may be", () => {
  const ids = Array.from(
    { length: 1001 },
    (_, at) => `0191e9a0-0000-7000-8000-${String(at).padStart(12, "0")}`,
  );
  const body = {
    Operations: [{ op: "Remove", path: "members", value: ids.map((value) => ({ value })) }],
  };
  const operations = parsePatch(normalizePatch(body, groupResourceType), groupResourceType);
  const removed = operations
    .map(memberChange)
    .flatMap((change) => (change?.kind === "remove" ? change.values : []));
  expect(removed).toEqual(ids);
  expect(operations.length).toBeLessThan(30);
});

test("schemas among the values is no change, whatever is switched off", () => {
  const body = { Operations: [{ op: "replace", value: { schemas: ["urn:x:y"], title: "T" } }] };
  const normal = normalizePatch(body, userResourceType, { enabled: new Set() });
  expect(parsePatch(normal, userResourceType).map(({ path }) => path.attribute.name)).toEqual([
    "title",
  ]);
});

test("of two URNs that begin alike the longer is repaired first", () => {
  const extensions = ["urn:x:a", "urn:x:a:b"].map((id) => ({
    schema: { id, name: id, description: "", attributes: [integer("badge", "")] },
    required: false,
  }));
  const body = { Operations: [{ op: "add", path: "urn:x:a:b.badge", value: 1 }] };
  const type = { ...userResourceType, extensions };
  expect(parsePatch(normalizePatch(body, type), type)).toMatchObject([
    { path: { schema: "urn:x:a:b" } },
  ]);
});

describe("a quirk has a name, a reason and a source", () => {
  test.each([...quirks])("$key", ({ title, source }) => {
    expect(title).toMatch(/^\W?[A-Z]/);
    expect(source).toMatch(/R\d\d|§\d/);
  });
});

test("no body whatever is broken by being rewritten", () => {
  const path = fc.constantFrom(
    "members",
    "roles",
    "active",
    "manager",
    "emails[type eq work].value",
    "name",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0User.manager",
    "id",
    "__proto__",
  );
  const operation = fc.record(
    {
      op: fc.constantFrom("Add", "REMOVE", "replace", 5),
      path: fc.oneof(path, fc.jsonValue()),
      value: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({ Operations: fc.array(operation) }),
    fc.dictionary(path, fc.jsonValue()),
  );
  fc.assert(
    fc.property(body, fc.constantFrom(userResourceType, groupResourceType), (sent, type) => {
      for (const read of [
        () => parsePatch(normalizePatch(sent, type), type),
        () => parseResource(type, normalizeResource(sent, type)),
      ]) {
        try {
          expect(read()).toBeTypeOf("object");
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      }
    }),
    { numRuns: 500 },
  );
});
