import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScimError } from "../messages/error.ts";
import { dateTime, decimal, integer, string } from "../schema/build.ts";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from "../urns.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { parseResource } from "./parse-resource.ts";

const parse = (body: unknown, type = userResourceType) => parseResource(type, body);
const refusal = (
  body: unknown,
  type = userResourceType,
): { scimType?: string | undefined; detail?: string } => {
  try {
    parse(body, type);
  } catch (error) {
    if (error instanceof ScimError) return { scimType: error.scimType, detail: error.detail };
  }
  return {};
};

describe("what is kept", () => {
  test("values stay byte for byte, names become canonical", () => {
    const { resource } = parse({
      SCHEMAS: [USER_SCHEMA],
      USERNAME: "  Ana.Ito@Contoso.TEST ",
      Name: { GIVENNAME: "Ana\u0301" },
      phonenumbers: [{ VALUE: "+351 (0) 22", Type: "Work" }],
    });
    expect(resource).toEqual({
      schemas: [USER_SCHEMA],
      userName: "  Ana.Ito@Contoso.TEST ",
      name: { givenName: "Ana\u0301" },
      phoneNumbers: [{ value: "+351 (0) 22", type: "Work" }],
    });
  });

  test("any well-formed text survives", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const title = text.toWellFormed().replaceAll("\0", "");
        expect(parse({ userName: "a", title }).resource["title"]).toBe(title);
      }),
    );
  });

  test("an object under an unknown extension URN is kept as sent, though not declared", () => {
    const extension = {
      badge: "9",
      tags: ["a", null],
      deep: { constructor: "x", n: 1.5 },
      gone: null,
    };
    const { resource, ignored } = parse({ userName: "a", "urn:contoso:2.0:User": extension });
    expect(resource["urn:contoso:2.0:User"]).toEqual(extension);
    expect(resource.schemas).toEqual([USER_SCHEMA, "urn:contoso:2.0:User"]);
    expect(ignored).toEqual([]);
  });

  test("a known extension is recognised by its key in any case; schemas may name unknown URNs", () => {
    const { resource } = parse({
      schemas: ["urn:nobody:knows", 7],
      userName: "a",
      [ENTERPRISE_USER_SCHEMA.toUpperCase()]: { Department: "IT" },
    });
    expect(resource[ENTERPRISE_USER_SCHEMA]).toEqual({ department: "IT" });
    expect(resource.schemas).toEqual([USER_SCHEMA, ENTERPRISE_USER_SCHEMA]);
  });

  test("a declared extension without values stays declared", () => {
    const { resource } = parse({ schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA], userName: "a" });
    expect(resource).toEqual({ schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA], userName: "a" });
  });

  test("the password is taken", () => {
    expect(parse({ userName: "a", password: "p" }).resource["password"]).toBe("p");
  });
});

describe("what is left out", () => {
  test("null, an empty list and a missing attribute are one state (RFC 7643 §2.5)", () => {
    const { resource, ignored } = parse({
      userName: "a",
      title: null,
      roles: [],
      emails: [null, {}, { value: null }],
      name: { givenName: null },
      nonsense: null,
      [ENTERPRISE_USER_SCHEMA]: { manager: null },
    });
    expect(resource).toEqual({ schemas: [USER_SCHEMA], userName: "a" });
    expect(ignored).toEqual([]);
  });

  test("readOnly values are dropped without a word", () => {
    const { resource, ignored } = parse({
      id: "x",
      meta: { resourceType: "User" },
      groups: [{ value: "g" }],
      userName: "a",
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: "m", displayName: "Boss" } },
    });
    expect(resource).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      userName: "a",
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: "m" } },
    });
    expect(ignored).toEqual([]);
  });

  test("unknown attributes are named", () => {
    const body = JSON.parse(
      `{"userName":"a","badge":1,"constructor":{},"__proto__":{"active":true},"name":{"nick":"x"},"emails":[{"value":"v","rank":2}],
        "urn:x:y":"text","urn:x:z":{"__proto__":{"p":1},"q":1},"${ENTERPRISE_USER_SCHEMA}":{"badge":1}}`,
    ) as unknown;
    const { resource, ignored } = parse(body);
    expect(ignored).toEqual([
      "badge",
      "constructor",
      "__proto__",
      "name.nick",
      "emails[0].rank",
      "urn:x:y",
      "urn:x:z.__proto__",
      `${ENTERPRISE_USER_SCHEMA}:badge`,
    ]);
    expect(Object.keys(resource)).toEqual(["schemas", "userName", "emails", "urn:x:z"]);
    expect(resource["active"]).toBeUndefined();
  });

  test("repeated elements are stored once", () => {
    const { resource } = parse(
      { displayName: "g", members: [{ value: "a" }, { value: "b" }, { value: "a", type: "User" }] },
      groupResourceType,
    );
    expect(resource["members"]).toEqual([{ value: "a" }, { value: "b" }]);
  });
});

const extended: ResourceType = {
  ...userResourceType,
  extensions: [
    {
      required: false,
      schema: {
        id: "urn:x:y",
        name: "Y",
        description: "",
        attributes: [
          integer("age", ""),
          decimal("height", ""),
          dateTime("hired", ""),
          string("code", "", { required: true }),
        ],
      },
    },
  ],
};

describe("what is refused, with the place named", () => {
  const deep = JSON.parse(`${"[".repeat(40)}1${"]".repeat(40)}`) as unknown;
  test.each([
    ["not an object", [], "invalidSyntax", "User"],
    ["a missing userName", {}, "invalidValue", "userName"],
    ["a blank userName", { userName: " " }, "invalidValue", "userName"],
    ["a number as a string", { userName: "a", title: 5 }, "invalidValue", "title"],
    ["a string as a boolean", { userName: "a", active: "True" }, "invalidValue", "active"],
    ["a string as an object", { userName: "a", name: "Ana" }, "invalidValue", "name"],
    ["an object as a list", { userName: "a", emails: { value: "v" } }, "invalidValue", "emails"],
    [
      "a string in a list of objects",
      { userName: "a", emails: ["v"] },
      "invalidValue",
      "emails[0]",
    ],
    ["NUL", { userName: "a", emails: [{ value: "v\0" }] }, "invalidValue", "emails[0].value"],
    ["half a surrogate pair", { userName: "a\uD800" }, "invalidValue", "userName"],
    [
      "bad base64",
      { userName: "a", x509Certificates: [{ value: "!" }] },
      "invalidValue",
      "x509Certificates[0].value",
    ],
    [
      "two primaries",
      {
        userName: "a",
        emails: [
          { value: "a", primary: true },
          { value: "b", primary: true },
        ],
      },
      "invalidValue",
      "emails",
    ],
    ["one name in two cases", { userName: "a", USERNAME: "b" }, "invalidSyntax", "userName"],
    ["too deep a value", { userName: "a", "urn:z:z": { deep } }, "invalidValue", "urn:z:z.deep"],
    [
      "NUL in an unknown extension",
      { userName: "a", "urn:z:z": { a: "\0" } },
      "invalidValue",
      "urn:z:z.a",
    ],
    ["NUL in a name there", { userName: "a", "urn:z:z": { "a\0": "" } }, "invalidValue", "urn:z:z"],
    [
      "too great a number there",
      { userName: "a", "urn:z:z": { a: 2 ** 60 } },
      "invalidValue",
      "urn:z:z.a",
    ],
    [
      "a fraction as an integer",
      { userName: "a", "urn:x:y": { code: "c", age: 1.5 } },
      "invalidValue",
      "urn:x:y:age",
    ],
    [
      "an integer beyond 2^53",
      { userName: "a", "urn:x:y": { code: "c", age: 2 ** 53 } },
      "invalidValue",
      "urn:x:y:age",
    ],
    [
      "a decimal beyond 2^53",
      { userName: "a", "urn:x:y": { code: "c", height: 1e300 } },
      "invalidValue",
      "urn:x:y:height",
    ],
    [
      "a date as a dateTime",
      { userName: "a", "urn:x:y": { code: "c", hired: "2026-01-31" } },
      "invalidValue",
      "urn:x:y:hired",
    ],
    [
      "an extension without its required part",
      { userName: "a", "urn:x:y": { age: 1 } },
      "invalidValue",
      "urn:x:y:code",
    ],
  ])("%s", (_case, body, scimType, place) => {
    const { scimType: found, detail } = refusal(body, extended);
    expect(found).toBe(scimType);
    expect(detail).toContain(place);
  });
});

test("no JSON whatever makes anything but a resource or a SCIM error", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(userResourceType, groupResourceType),
      (body, type) => {
        const merged =
          typeof body === "object" && !Array.isArray(body)
            ? { userName: "a", displayName: "b", ...body }
            : body;
        try {
          expect(parse(merged, type).resource.schemas).toContain(type.schema.id);
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      },
    ),
  );
});
