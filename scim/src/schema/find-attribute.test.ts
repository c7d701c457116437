import { describe, expect, test } from "vitest";
import { printPath } from "../filter/print-filter.ts";
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from "../urns.ts";
import type { ResourceType } from "./attribute.ts";
import { listOf, string } from "./build.ts";
import { findAttribute } from "./find-attribute.ts";
import { indexOf } from "./index-attributes.ts";
import { userResourceType } from "./user.ts";

const print = (name: string, type: ResourceType = userResourceType): string | undefined => {
  const path = findAttribute(type, name);
  return path && printPath(path);
};

describe("a name resolves in any case, with or without URN (R11, R17, R31)", () => {
  test.each([
    ["USERNAME", "userName"],
    ["name.GIVENname", "name.givenName"],
    ["emails.value", "emails.value"],
    ["externalid", "externalId"],
    ["meta.lastModified", "meta.lastModified"],
    [`${USER_SCHEMA}:userName`, "userName"],
    [`${USER_SCHEMA.toUpperCase()}:name.familyName`, "name.familyName"],
    [`${USER_SCHEMA}:externalId`, "externalId"],
    [`${ENTERPRISE_USER_SCHEMA}:department`, `${ENTERPRISE_USER_SCHEMA}:department`],
    [
      `${ENTERPRISE_USER_SCHEMA.toLowerCase()}:manager.VALUE`,
      `${ENTERPRISE_USER_SCHEMA}:manager.value`,
    ],
    ["manager", `${ENTERPRISE_USER_SCHEMA}:manager`],
    ["urn:contoso:2.0:User:badge", "urn:contoso:2.0:User:badge"],
    ["urn:contoso:2.0:User:badge.number", "urn:contoso:2.0:User:badge.number"],
  ])("%s is %s", (name, printed) => {
    expect(print(name)).toBe(printed);
  });
});

test("a declared name is resolved once; of what there is no end of, nothing is kept", () => {
  const find = (name: string) => findAttribute(userResourceType, name);
  const department = `${ENTERPRISE_USER_SCHEMA}:department`;
  for (const name of ["name.givenName", "emails", department]) expect(find(name)).toBe(find(name));
  expect(find("urn:contoso:2.0:User:badge")).not.toBe(find("urn:contoso:2.0:User:badge"));
  const { found } = indexOf(userResourceType);
  const kept = found.size;
  for (let bits = 0; bits < 2 ** 11; bits += 1) {
    const spelling = "displayName".replaceAll(/./g, (letter, at: number) =>
      (bits >> at) & 1 ? letter.toUpperCase() : letter.toLowerCase(),
    );
    expect(find(spelling) && printPath(find(spelling)!)).toBe("displayName");
  }
  expect(found.size).toBe(kept + 1);
});

test.each([
  "nonsense",
  "name.nonsense",
  "userName.value",
  "name.",
  "",
  "constructor",
  "__proto__",
  `${USER_SCHEMA}:badge`,
  `${USER_SCHEMA}:department`,
  `${ENTERPRISE_USER_SCHEMA}:userName`,
  `${ENTERPRISE_USER_SCHEMA}:nonsense`,
  "urn:contoso:2.0:User:",
  "urn:contoso:2.0:User:a b",
  "http://contoso:badge",
])("%j is nowhere", (name) => {
  expect(print(name)).toBeUndefined();
});

test("an extension made at run time resolves, and the longer of two URNs wins", () => {
  const short = { id: "urn:x:a", name: "A", description: "", attributes: [string("badge", "")] };
  const long = {
    id: "urn:x:a:b",
    name: "B",
    description: "",
    attributes: [listOf(string("badge", ""))],
  };
  const type: ResourceType = {
    ...userResourceType,
    extensions: [short, long].map((schema) => ({ schema, required: false })),
  };
  expect(findAttribute(type, "urn:x:a:b:badge")?.attribute.multiValued).toBe(true);
  expect(findAttribute(type, "urn:x:a:badge")?.attribute.multiValued).toBe(false);
  expect(findAttribute(type, "badge")?.schema).toBe("urn:x:a");
  expect(findAttribute(type, "manager")).toBeUndefined();
});
