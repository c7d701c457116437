import { describe, expect, test } from "vitest";
import type { Resource } from "../resource/resource.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { reference, string } from "../schema/build.ts";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA as ENT, PATCH_OP, USER_SCHEMA } from "../urns.ts";
import { applyPatch } from "./apply-patch.ts";
import type { PatchOptions } from "./operation.ts";
import { parsePatch } from "./parse-patch.ts";

const CUSTOM = "urn:contoso:2.0:User";
const user = (attributes: object = {}): Resource => ({
  schemas: [USER_SCHEMA],
  userName: "ana",
  ...attributes,
});

const patch = (
  before: Resource,
  operations: unknown,
  { type = userResourceType, ...options }: PatchOptions & { type?: ResourceType } = {},
) =>
  applyPatch(
    before,
    parsePatch({ schemas: [PATCH_OP], Operations: operations }, type),
    type,
    options,
  );

const work = { type: "work", value: "a@x" };
const home = { type: "home", value: "b@x" };

describe("a change and its result", () => {
  const cases: [string, object, object[], object, PatchOptions?][] = [
    [
      "add on a single value sets it (R04)",
      { title: "A" },
      [{ op: "add", path: "title", value: "B" }],
      { title: "B" },
    ],
    [
      "replace of what is missing adds it",
      {},
      [{ op: "replace", path: "title", value: "B" }],
      { title: "B" },
    ],
    ["names in any case", {}, [{ op: "add", path: "NICKNAME", value: "B" }], { nickName: "B" }],
    [
      "complex values are merged, with a path",
      { name: { givenName: "A", familyName: "I" } },
      [{ op: "replace", path: "name", value: { givenName: "B" } }],
      { name: { givenName: "B", familyName: "I" } },
    ],
    [
      "complex values are merged, without",
      { name: { givenName: "A", familyName: "I" } },
      [{ op: "replace", value: { name: { givenName: "B" } } }],
      { name: { givenName: "B", familyName: "I" } },
    ],
    [
      "a null part is taken away",
      { name: { givenName: "A", familyName: "I" } },
      [{ op: "replace", value: { name: { givenName: null } } }],
      { name: { familyName: "I" } },
    ],
    [
      "replace by null removes",
      { title: "A" },
      [{ op: "replace", path: "title", value: null }],
      {},
    ],
    [
      "replace by an empty list removes",
      { roles: [{ value: "r" }] },
      [{ op: "replace", path: "roles", value: [] }],
      {},
    ],
    [
      "add of null is nothing",
      { title: "A" },
      [{ op: "add", path: "title", value: null }],
      { title: "A" },
    ],
    [
      "the last part takes the whole along",
      { name: { givenName: "A" } },
      [{ op: "remove", path: "name.givenName" }],
      {},
    ],
    [
      "an emptied element goes (entra-wire §3.5)",
      { emails: [{ ...work, primary: true }, home] },
      [{ op: "remove", path: 'emails[type eq "work"].value' }],
      { emails: [home] },
    ],
    [
      "add to a list keeps the list (R51)",
      { emails: [work] },
      [{ op: "add", path: "emails", value: [home] }],
      { emails: [work, home] },
    ],
    [
      "add of the same value does not repeat it",
      { emails: [work] },
      [{ op: "add", path: "emails", value: [{ value: "A@X", primary: true }] }],
      { emails: [{ type: "work", value: "A@X", primary: true }] },
    ],
    [
      "add of the same value gives a type to one without",
      { emails: [{ value: "a@x" }] },
      [{ op: "add", path: "emails", value: [work] }],
      { emails: [work] },
    ],
    [
      "add of the same value with another type",
      { emails: [work] },
      [{ op: "add", path: "emails", value: [{ value: "a@x", type: "home" }] }],
      { emails: [work, { value: "a@x", type: "home" }] },
    ],
    [
      "one primary only",
      { emails: [{ ...work, primary: true }] },
      [{ op: "add", path: "emails", value: [{ ...home, primary: true }] }],
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      "one primary only, by path",
      { emails: [{ ...work, primary: true }, home] },
      [{ op: "replace", path: 'emails[type eq "home"].primary', value: true }],
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      "one primary only, where the filter finds many",
      { emails: [work, home] },
      [{ op: "replace", path: "emails.primary", value: true }],
      {
        emails: [
          { ...work, primary: true },
          { ...home, primary: false },
        ],
      },
    ],
    [
      "a part of every element",
      { emails: [work, home] },
      [{ op: "replace", path: "emails.display", value: "D" }],
      {
        emails: [
          { ...work, display: "D" },
          { ...home, display: "D" },
        ],
      },
    ],
    [
      "a part of the elements that match both terms",
      { emails: [work, { ...work, value: "c@x" }] },
      [{ op: "replace", path: 'emails[type eq "work" and value eq "c@x"].display', value: "D" }],
      { emails: [work, { ...work, value: "c@x", display: "D" }] },
    ],
    [
      "a replaced element keeps what the filter found it by",
      { emails: [{ ...work, display: "D" }] },
      [{ op: "replace", path: 'emails[type eq "work"]', value: { value: "n@x" } }],
      { emails: [{ type: "work", value: "n@x" }] },
    ],
    [
      "add to an element merges",
      { emails: [{ ...work, display: "D" }] },
      [{ op: "add", path: 'emails[type eq "work"]', value: { value: "n@x" } }],
      { emails: [{ type: "work", value: "n@x", display: "D" }] },
    ],
    [
      "elements are removed by filter",
      { emails: [work, home] },
      [{ op: "remove", path: 'emails[value ew "@x"]' }],
      {},
    ],
    [
      "an extension object is made (R12) and listed",
      {},
      [{ op: "add", path: `${ENT}:department`, value: "IT" }],
      { schemas: [USER_SCHEMA, ENT], [ENT]: { department: "IT" } },
    ],
    [
      "a nested extension object is merged (R10)",
      { [ENT]: { department: "IT", division: "D" } },
      [{ op: "replace", value: { [ENT]: { department: "HR" } } }],
      { [ENT]: { department: "HR", division: "D" } },
    ],
    [
      "an extension's last value takes its object along",
      { [ENT]: { department: "IT" } },
      [{ op: "remove", path: `${ENT}:department` }],
      {},
    ],
    [
      "a whole extension by its URN",
      { [ENT]: { department: "IT", manager: { value: "m" } } },
      [{ op: "remove", path: ENT }],
      {},
    ],
    [
      "a whole extension merged by its URN",
      { [ENT]: { department: "IT" } },
      [{ op: "replace", path: ENT.toUpperCase(), value: { division: "D" } }],
      { [ENT]: { department: "IT", division: "D" } },
    ],
    [
      "a whole extension by null",
      { [ENT]: { department: "IT" } },
      [{ op: "replace", value: { [ENT]: null } }],
      {},
    ],
    [
      "the core URN as a path",
      {},
      [{ op: "add", path: USER_SCHEMA, value: { title: "T" } }],
      { title: "T" },
    ],
    [
      "a new manager does not keep the old reference",
      { [ENT]: { manager: { value: "a", $ref: "/Users/a" } } },
      [{ op: "replace", path: `${ENT}:manager`, value: { value: "b" } }],
      { [ENT]: { manager: { value: "b" } } },
    ],
    [
      "nor by sub-attribute",
      { [ENT]: { manager: { value: "a", $ref: "/Users/a" } } },
      [{ op: "replace", path: `${ENT}:manager.value`, value: "b" }],
      { [ENT]: { manager: { value: "b" } } },
    ],
    [
      "an attribute no schema knows, under its URN",
      {},
      [{ op: "add", path: `${CUSTOM}:badge`, value: "9" }],
      { schemas: [USER_SCHEMA, CUSTOM], [CUSTOM]: { badge: "9" } },
    ],
    [
      "the same, found in another case",
      { [CUSTOM]: { Badge: "9", keep: 1 } },
      [{ op: "replace", path: `${CUSTOM.toLowerCase()}:badge`, value: "8" }],
      { [CUSTOM]: { Badge: "8", keep: 1 } },
    ],
    [
      "the same, nested",
      { [CUSTOM]: { keep: 1 } },
      [{ op: "replace", value: { [CUSTOM]: { badge: "8", constructor: "c" } } }],
      { [CUSTOM]: { keep: 1, badge: "8", constructor: "c" } },
    ],
    [
      "a list there is added to (R17)",
      { [CUSTOM]: { tags: ["a"] } },
      [{ op: "add", path: `${CUSTOM}:tags`, value: ["a", "b"] }],
      { [CUSTOM]: { tags: ["a", "b"] } },
    ],
    [
      "a part there",
      { [CUSTOM]: { site: { name: "A" } } },
      [{ op: "add", path: `${CUSTOM}:site.floor`, value: 2 }],
      { [CUSTOM]: { site: { name: "A", floor: 2 } } },
    ],
    [
      "operations see what the one before did",
      { title: "A" },
      [
        { op: "remove", path: "title" },
        { op: "add", path: "title", value: "B" },
        { op: "replace", path: "title", value: "C" },
      ],
      { title: "C" },
    ],
    ["no operations", { title: "A" }, [], { title: "A" }],
    [
      "create on no match (R18)",
      {},
      [{ op: "add", path: 'addresses[type eq "work"].country', value: "PT" }],
      { addresses: [{ type: "work", country: "PT" }] },
      { onNoTarget: "create" },
    ],
    [
      "create beside the others (R19)",
      { emails: [home] },
      [{ op: "replace", path: 'emails[type eq "work"].value', value: "a@x" }],
      { emails: [home, work] },
      { onNoTarget: "create" },
    ],
    [
      "create once (R20)",
      {},
      ["country", "locality", "region"].map((name) => ({
        op: "add",
        path: `addresses[type eq "work"].${name}`,
        value: name,
      })),
      { addresses: [{ type: "work", country: "country", locality: "locality", region: "region" }] },
      { onNoTarget: "create" },
    ],
    [
      "create a primary one",
      { roles: [{ value: "a", primary: true, type: "t" }] },
      [{ op: "add", path: 'roles[primary eq true and type eq "u"].value', value: "b" }],
      {
        roles: [
          { value: "a", primary: false, type: "t" },
          { primary: true, type: "u", value: "b" },
        ],
      },
      { onNoTarget: "create" },
    ],
    [
      "create a whole element",
      {},
      [{ op: "add", path: 'emails[type eq "work"]', value: { value: "a@x" } }],
      { emails: [work] },
      { onNoTarget: "create" },
    ],
    [
      "a part of a list that is not there",
      {},
      [{ op: "add", path: "emails.value", value: "a@x" }],
      { emails: [{ value: "a@x" }] },
    ],
    [
      "a filter on a single complex attribute (R60)",
      { name: { givenName: "A" } },
      [{ op: "replace", path: 'name[givenName eq "a"].familyName', value: "I" }],
      { name: { givenName: "A", familyName: "I" } },
    ],
    [
      "nothing to remove, tolerated",
      { emails: [home] },
      [{ op: "remove", path: 'emails[type eq "work"]' }],
      { emails: [home] },
      { onNothingToRemove: "ignore" },
    ],
    ["remove of what is missing", {}, [{ op: "remove", path: "title" }], {}],
  ];
  test.each(cases)("%s", (...[, before, operations, after, options = {}]) => {
    const start = user(before);
    const untouched = structuredClone(start);
    const { resource, changed } = patch(start, operations, options);
    const expected = { ...user(after) };
    const { schemas: _expected, ...values } = expected;
    expect(resource).toMatchObject("schemas" in after ? expected : values);
    expect(Object.keys(resource).sort()).toEqual(Object.keys(expected).sort());
    expect(JSON.parse(JSON.stringify({ ...resource, schemas: [] }))).toEqual({
      ...expected,
      schemas: [],
    });
    expect(start).toEqual(untouched);
    expect(changed).toBe(JSON.stringify(untouched) !== JSON.stringify(resource));
  });
});

const immutable: ResourceType = {
  ...userResourceType,
  extensions: [
    {
      required: false,
      schema: {
        id: "urn:x:y",
        name: "Y",
        description: "",
        attributes: [string("born", "", { mutability: "immutable" }), reference("site", "")],
      },
    },
  ],
};

describe("a change that is refused", () => {
  const emails = { emails: [home] };
  const cases: [string, object, object[], string][] = [
    ["an unknown verb", {}, [{ op: "move", path: "title", value: "x" }], "invalidSyntax"],
    ["no verb", {}, [{ path: "title", value: "x" }], "invalidSyntax"],
    ["remove without path", {}, [{ op: "remove" }], "noTarget"],
    ["remove with a value", {}, [{ op: "remove", path: "emails", value: [home] }], "invalidValue"],
    ["add without value", {}, [{ op: "add", path: "title" }], "invalidValue"],
    ["a path-less value that is no object", {}, [{ op: "add", value: "x" }], "invalidValue"],
    ["an unknown path", {}, [{ op: "add", path: "nonsense", value: "x" }], "invalidPath"],
    ["a malformed path", {}, [{ op: "add", path: "emails[type eq", value: "x" }], "invalidPath"],
    ["a path that is no string", {}, [{ op: "add", path: 5, value: "x" }], "invalidPath"],
    ["an unknown part", {}, [{ op: "add", path: "name.nonsense", value: "x" }], "invalidPath"],
    ["the id", {}, [{ op: "replace", path: "id", value: "x" }], "mutability"],
    ["the id without path", {}, [{ op: "replace", value: { id: "x" } }], "mutability"],
    [
      "meta.created",
      {},
      [{ op: "replace", path: "meta.created", value: "2026-01-31T09:30:00Z" }],
      "mutability",
    ],
    ["the groups", {}, [{ op: "add", path: "groups", value: [{ value: "g" }] }], "mutability"],
    ["removing userName", {}, [{ op: "remove", path: "userName" }], "mutability"],
    ["emptying userName", {}, [{ op: "replace", path: "userName", value: null }], "invalidValue"],
    ["a blank userName", {}, [{ op: "replace", value: { userName: "" } }], "invalidValue"],
    ["a wrong type", {}, [{ op: "replace", path: "active", value: "False" }], "invalidValue"],
    [
      "a wrong type in a part",
      {},
      [{ op: "replace", path: "emails.primary", value: "True" }],
      "invalidValue",
    ],
    [
      "a filter that finds nothing to replace",
      emails,
      [{ op: "replace", path: 'emails[type eq "work"].value', value: "x" }],
      "noTarget",
    ],
    [
      "a filter that finds nothing to remove",
      emails,
      [{ op: "remove", path: 'emails[type eq "work"]' }],
      "noTarget",
    ],
    [
      "an immutable value, changed",
      { "urn:x:y": { born: "1990" } },
      [{ op: "replace", path: "urn:x:y:born", value: "1991" }],
      "mutability",
    ],
    [
      "an immutable value, removed",
      { "urn:x:y": { born: "1990" } },
      [{ op: "remove", path: "urn:x:y:born" }],
      "mutability",
    ],
  ];
  test.each(cases)("%s", (_rule, before, operations, scimType) => {
    const start = user({ title: "T", ...before });
    const untouched = structuredClone(start);
    const atomic = [{ op: "replace", path: "title", value: "changed" }, ...operations];
    expect(() => patch(start, atomic, { type: immutable })).toThrow(
      expect.objectContaining({ status: 400, scimType }),
    );
    expect(start).toEqual(untouched);
  });

  test.each([
    ["not an object", []],
    ["no Operations", { schemas: [PATCH_OP] }],
    ["Operations that are no list", { schemas: [PATCH_OP], Operations: {} }],
    [
      "another message",
      { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: [] },
    ],
    ["an operation that is no object", { schemas: [PATCH_OP], Operations: ["x"] }],
  ])("a body with %s", (_rule, body) => {
    expect(() => parsePatch(body, userResourceType)).toThrow(
      expect.objectContaining({ scimType: "invalidSyntax" }),
    );
  });

  test("create makes only what the filter would find again", () => {
    for (const filter of [
      'type sw "w"',
      'type eq "work" or type eq "home"',
      'type eq "a" and value co "b"',
    ]) {
      const operations = [{ op: "add", path: `emails[${filter}].display`, value: "D" }];
      expect(() => patch(user(), operations, { onNoTarget: "create" })).toThrow(
        /No value of emails matches/,
      );
    }
  });

  test("a member's identity cannot be changed in place", () => {
    const group = { schemas: [], displayName: "g", members: [{ value: "a" }] };
    const operations = [{ op: "replace", path: 'members[value eq "a"].value', value: "b" }];
    expect(() => patch(group, operations, { type: groupResourceType })).toThrow(
      expect.objectContaining({ scimType: "mutability" }),
    );
  });

  test("an immutable value can be set, and set again to the same", () => {
    const set = [{ op: "add", path: "urn:x:y:born", value: "1990" }];
    const { resource } = patch(user(), set, { type: immutable });
    expect(patch(resource, set, { type: immutable }).changed).toBe(false);
  });
});

test("what is unknown in a path-less value is left out, and told", () => {
  const { resource, changed, ignored } = patch(user(), [
    {
      op: "replace",
      value: { nonsense: 1, schemas: ["x"], name: { nick: "N" }, title: "T", [ENT]: { badge: 1 } },
    },
    { op: "add", path: "emails", value: [{ value: "v", rank: 1 }] },
  ]);
  expect(resource).toEqual(user({ title: "T", emails: [{ value: "v" }] }));
  expect(changed).toBe(true);
  expect(ignored).toEqual(["nonsense", "name.nick", `${ENT}:badge`, "emails[0].rank"]);
});

test("what changes nothing says so and gives the resource itself", () => {
  const start = user({ title: "T", emails: [{ value: "v", type: "work" }] });
  const operations = [
    { op: "replace", path: "title", value: "T" },
    { op: "add", path: "emails", value: [{ type: "work", value: "v" }] },
    { op: "remove", path: "nickName" },
  ];
  expect(patch(start, operations)).toEqual({ resource: start, changed: false, ignored: [] });
  expect(patch(start, operations).resource).toBe(start);
});

describe("a path that no schema knows", () => {
  const read = (operations: object[], onUnknownPath?: "fail" | "ignore") =>
    parsePatch(
      { schemas: [PATCH_OP], Operations: operations },
      userResourceType,
      onUnknownPath && { onUnknownPath },
    );
  const unknown = [
    { op: "replace", path: "shoeSize", value: 44 },
    { op: "add", path: 'shoes[type eq "left"].size', value: 44 },
    { op: "remove", path: `${USER_SCHEMA}:badge` },
    { op: "add", path: "name.nick", value: "x" },
  ];

  test("is refused, or left out and told, the other operations done", () => {
    for (const operation of unknown)
      expect(() => read([operation])).toThrow(expect.objectContaining({ scimType: "invalidPath" }));
    const operations = read([...unknown, { op: "add", path: "title", value: "Lead" }], "ignore");
    const { resource, ignored } = applyPatch(user(), operations, userResourceType);
    expect(resource).toEqual(user({ title: "Lead" }));
    expect(ignored).toEqual(["shoeSize", "shoes", `${USER_SCHEMA}:badge`, "name.nick"]);
  });

  test("is refused in any case where it is no path", () => {
    for (const path of ["title[", "[x]", "9", 'emails[nonsense eq "x"]', "a b"])
      expect(() => read([{ op: "add", path, value: "x" }], "ignore"), path).toThrow(
        expect.objectContaining({ scimType: "invalidPath" }),
      );
  });
});
