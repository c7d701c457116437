import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  applyPatch,
  evaluateFilter,
  groupResourceType,
  parseFilter,
  parsePatch,
  parseResource,
  PATCH_OP,
  type Resource,
  type ResourceType,
  userResourceType,
} from "./index.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./rfc/${name}`, import.meta.url), "utf8"));

const types: Record<string, ResourceType> = { User: userResourceType, Group: groupResourceType };

describe("RFC 7643 §8: every example resource goes in and comes out unchanged, but for what is readOnly", () => {
  const examples = [
    { file: "rfc7643-8.1-user-minimal.json", type: userResourceType },
    { file: "rfc7643-8.2-user-full.json", type: userResourceType },
    { file: "rfc7643-8.3-user-enterprise.json", type: userResourceType },
    { file: "rfc7643-8.4-group.json", type: groupResourceType },
  ];
  test.each(examples)("$file", ({ file, type }) => {
    const sent = read(file) as Resource;
    const { resource, ignored } = parseResource(type, sent);
    const { id: _id, meta: _meta, groups: _groups, ...writable } = sent;
    expect(withoutReadOnlyParts(resource)).toEqual(withoutReadOnlyParts(writable));
    expect(ignored).toEqual([]);
    expect(parseResource(type, resource).resource).toEqual(resource);
  });
});

/** `members.display` and `manager.displayName` are the service provider's to fill in. */
function withoutReadOnlyParts(resource: object): unknown {
  const drop = (key: string, value: unknown): unknown => {
    if (key === "members" && Array.isArray(value)) {
      return value.map(({ display: _display, ...member }: Record<string, unknown>) => member);
    }
    if (key === "manager") {
      const { displayName: _displayName, ...manager } = value as Record<string, unknown>;
      return manager;
    }
    return value;
  };
  return JSON.parse(JSON.stringify(resource, drop));
}

interface FilterExample {
  filter: string;
  matches: Record<string, unknown>;
  misses: Record<string, unknown>;
}

describe("RFC 7644 §3.4.2.2 figure 2: every example filter", () => {
  test.each(read("rfc7644-3.4.2.2-filters.json") as FilterExample[])(
    "$filter",
    ({ filter, matches, misses }) => {
      const parsed = parseFilter(filter, userResourceType);
      expect(evaluateFilter(parsed, matches)).toBe(true);
      expect(evaluateFilter(parsed, misses)).toBe(false);
    },
  );
});

interface PatchExample {
  section: string;
  type: string;
  before: Record<string, unknown>;
  operations: unknown[];
  after: Record<string, unknown>;
}

describe("RFC 7644 §3.5.2: every example change, with nothing lenient switched on", () => {
  test.each(read("rfc7644-3.5.2-patches.json") as PatchExample[])("$section", (example) => {
    const type = types[example.type]!;
    const before: Resource = { schemas: [type.schema.id], ...example.before };
    const untouched = structuredClone(before);
    const operations = parsePatch({ schemas: [PATCH_OP], Operations: example.operations }, type);
    const { resource, changed } = applyPatch(before, operations, type);
    expect(resource).toEqual({ schemas: [type.schema.id], ...example.after });
    expect(changed).toBe(true);
    expect(before).toEqual(untouched);
  });
});
