import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScimError } from "../messages/error.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { dateTime, integer, listOf, string } from "../schema/build.ts";
import { findAttribute } from "../schema/find-attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";
import { userResourceType } from "../schema/user.ts";
import { groupResourceType } from "../schema/group.ts";
import { ENTERPRISE_USER_SCHEMA } from "../urns.ts";
import type { CompareOperator, Filter } from "./filter.ts";
import { type FilterOptions, parseFilter, parsePath } from "./parse-filter.ts";
import { printFilter, printPath } from "./print-filter.ts";

const type: ResourceType = {
  ...userResourceType,
  extensions: [
    ...userResourceType.extensions,
    {
      required: false,
      schema: {
        id: "urn:x:y",
        name: "Y",
        description: "",
        attributes: [integer("age", ""), dateTime("hired", ""), listOf(string("tags", ""))],
      },
    },
  ],
};

const reprint = (text: string, options: FilterOptions = {}): string =>
  printFilter(parseFilter(text, type, options));

describe("one meaning, one form", () => {
  test.each([
    ['USERNAME EQ "x"', 'userName eq "x"'],
    ['  userName   eq\t"x"  ', 'userName eq "x"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"', 'userName eq "x"'],
    ['emails eq "x"', 'emails.value eq "x"'],
    ['emails[type eq "work"] eq "x"', 'emails[type eq "work"].value eq "x"'],
    ['emails[Type Eq "work"].VALUE eq "x"', 'emails[type eq "work"].value eq "x"'],
    ['emails[type eq "work"].value pr', 'emails[type eq "work"].value pr'],
    ['manager eq "7"', `${ENTERPRISE_USER_SCHEMA}:manager.value eq "7"`],
    [
      'id eq "6f" and manager eq "b2"',
      `id eq "6f" and ${ENTERPRISE_USER_SCHEMA}:manager.value eq "b2"`,
    ],
    ["active eq True", "active eq true"],
    ["title eq null", "not (title pr)"],
    ["title ne null", "title pr"],
    ["(((title pr)))", "title pr"],
    ['title pr or title co "a" and nickName pr', 'title pr or title co "a" and nickName pr'],
    [
      "(title pr or nickName pr) and active eq true",
      "(title pr or nickName pr) and active eq true",
    ],
    ["not(title pr)", "not (title pr)"],
    ['title eq "a \\"b\\" \\u0041 ) and ["', 'title eq "a \\"b\\" A ) and ["'],
    ["urn:x:y:age gt 4.5e1", "urn:x:y:age gt 45"],
    ['urn:x:y:tags[value sw "a"]', 'urn:x:y:tags[value sw "a"]'],
    ["urn:unknown:2.0:User:badge eq 9", "urn:unknown:2.0:User:badge eq 9"],
  ])("%s means %s", (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });
});

describe("lenience is an option (R36, entra-wire §3.1)", () => {
  test.each([
    ["externalId eq ana.ito", { acceptUnquoted: true }, 'externalId eq "ana.ito"'],
    ["externalId eq 0042", { acceptUnquoted: true }, 'externalId eq "0042"'],
    [
      "externalId eq true and active eq true",
      { acceptUnquoted: true },
      'externalId eq "true" and active eq true',
    ],
    [
      'roles[primary eq "True"].value eq "Admin"',
      { coerceStrings: true },
      'roles[primary eq true].value eq "Admin"',
    ],
    ['urn:x:y:age eq "42"', { coerceStrings: true }, "urn:x:y:age eq 42"],
  ])("%s", (text, options, printed) => {
    expect(reprint(text, options)).toBe(printed);
    expect(() => reprint(text)).toThrow(ScimError);
  });
});

describe("a filter that is not one is 400 invalidFilter", () => {
  test.each([
    "userName eq",
    "userName",
    "",
    "   ",
    'eq "x"',
    'userName = "x"',
    'userName eq "x',
    'userName eq "\\x"',
    'userName eq "\\u0000"',
    "userName eq 'x'",
    "userName eq x",
    "userName eq 5",
    'userName eq "x" and',
    'userName eq "x" userName eq "y"',
    '(userName eq "x"',
    'userName eq "x")',
    'emails[type eq "work"',
    'emails[type eq "work"].',
    'emails[type eq "work"].nonsense eq "x"',
    'emails[nonsense eq "work"]',
    'userName[type eq "work"]',
    'nonsense eq "x"',
    'name eq "x"',
    'password eq "x"',
    'active eq "true"',
    "active gt true",
    'active co "t"',
    'meta.created gt "yesterday"',
    "title gt null",
    'x509Certificates.value gt "AAAA"',
    `${"(".repeat(40)}title pr${")".repeat(40)}`,
    `title eq "${"x".repeat(9000)}"`,
  ])("%j", (text) => {
    expect(() => reprint(text)).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidFilter" }),
    );
  });

  test("limits can be set", () => {
    expect(() => reprint("title pr", { maxLength: 4 })).toThrow(/longer than 4/);
    expect(() => reprint("((title pr))", { maxDepth: 1 })).toThrow(/deeper than 1/);
  });
});

describe("paths", () => {
  test.each([
    ["TITLE", "title"],
    [
      'addresses[type eq "work" and primary eq true].postalCode',
      'addresses[type eq "work" and primary eq true].postalCode',
    ],
    [`${ENTERPRISE_USER_SCHEMA}:manager.value`, `${ENTERPRISE_USER_SCHEMA}:manager.value`],
  ])("%s", (text, printed) => {
    expect(printPath(parsePath(text, userResourceType))).toBe(printed);
  });
});

const element = fc.constantFrom("type", "value", "display");
const operator = fc.constantFrom<CompareOperator>(
  "eq",
  "ne",
  "co",
  "sw",
  "ew",
  "gt",
  "ge",
  "lt",
  "le",
);
const text = fc
  .string({ unit: "grapheme" })
  .filter((value) => !value.includes("\0") && value.isWellFormed());

const inner = (name: string): Filter => {
  const emails = findAttribute(type, "emails")!;
  const attribute = findSubAttribute(emails.attribute, name)!;
  return { kind: "present", path: { schema: emails.schema, isExtension: false, attribute } };
};
const innerCompare = fc.tuple(element, operator, text).map(([name, by, value]): Filter => {
  const present = inner(name);
  return present.kind === "present"
    ? { kind: "compare", path: present.path, operator: by, value }
    : present;
});
const innerFilter = fc.oneof(element.map(inner), innerCompare);
const stringPath = fc
  .constantFrom(
    "userName",
    "name.givenName",
    "emails.value",
    "manager.value",
    "externalId",
    "urn:q:r:badge",
  )
  .map((name) => findAttribute(type, name)!);

const arbitrary = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(stringPath, operator, text)
      .map(([path, by, value]): Filter => ({ kind: "compare", path, operator: by, value })),
    stringPath.map((path): Filter => ({ kind: "present", path })),
    fc.boolean().map((value): Filter => ({
      kind: "compare",
      path: findAttribute(type, "active")!,
      operator: "eq",
      value,
    })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Filter => ({
      kind: "compare",
      path: findAttribute(type, "urn:x:y:age")!,
      operator: "le",
      value: value === 0 ? 0 : value,
    })),
    innerFilter.map((filter): Filter => ({
      kind: "valuePath",
      path: findAttribute(type, "emails")!,
      filter,
    })),
    fc.tuple(innerFilter, text).map(([filter, value]): Filter => ({
      kind: "compare",
      path: { ...findAttribute(type, "emails.value")!, filter },
      operator: "eq",
      value,
    })),
    tie("filter").map((filter): Filter => ({ kind: "not", filter })),
    fc
      .array(tie("filter"), { minLength: 2, maxLength: 3 })
      .map((filters): Filter => ({ kind: "and", filters })),
    fc
      .array(tie("filter"), { minLength: 2, maxLength: 3 })
      .map((filters): Filter => ({ kind: "or", filters })),
  ),
})).filter;

test("parsing what was printed gives the same filter", () => {
  fc.assert(
    fc.property(arbitrary, (filter) => {
      expect(parseFilter(printFilter(filter), type, { maxLength: 1e6 })).toEqual(filter);
    }),
  );
});

test("no text whatever makes anything but a filter or invalidFilter", () => {
  const word = fc.constantFrom(
    "userName",
    "emails",
    "eq",
    "pr",
    "and",
    "or",
    "not",
    "(",
    ")",
    "[",
    "]",
    '"x"',
    '"',
    "true",
    ".value",
    " ",
    "urn:",
    "1",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }), (parts) => {
      try {
        expect(parseFilter(parts.join(" "), groupResourceType).kind).toBeTypeOf("string");
      } catch (error) {
        if (!(error instanceof ScimError && error.scimType === "invalidFilter")) throw error;
      }
    }),
  );
});
