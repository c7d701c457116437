import { describe, expect, test } from "vitest";
import { findAttribute } from "../schema/find-attribute.ts";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA } from "../urns.ts";
import { evaluateFilter } from "./evaluate-filter.ts";
import { parseFilter } from "./parse-filter.ts";
import { visitFilter } from "./visit-filter.ts";

const ana = {
  schemas: ["s"],
  id: "A1",
  externalId: "Ana.Ito",
  userName: "Ana.Ito+it@Contoso.test",
  active: false,
  title: "",
  emails: [
    { value: "ana@contoso.test", type: "work", primary: true },
    { value: "ana@home.test", type: "home" },
  ],
  meta: { created: "2026-01-31T09:30:00Z" },
  "urn:contoso:2.0:User": { Badge: 9, tags: ["a", "b"] },
  [ENTERPRISE_USER_SCHEMA]: { department: "IT", manager: { value: "B2" } },
};

describe("peers got these wrong (peers.md §2d)", () => {
  test.each([
    ['userName eq "ana.ito+IT@contoso.TEST"', true],
    ['userName eq "ana.ito.it@contoso.test"', false],
    ['userName eq "ana.*"', false],
    ['externalId eq "Ana.Ito"', true],
    ['externalId eq "ana.ito"', false],
    ['id eq "a1"', false],
    ['emails.value eq "ana@home.test"', true],
    ['emails[type eq "work" and value eq "ana@home.test"]', false],
    ['emails[type eq "work" and value eq "ANA@contoso.test"]', true],
    ['emails[type eq "home"].value eq "ana@contoso.test"', false],
    ['emails[not (type eq "work")].value sw "ana@home"', true],
    ["active eq false", true],
    ["active pr", true],
    ["title pr", false],
    ["nickName pr", false],
    ['nickName ne "x"', true],
    ['emails.value ne "ana@home.test"', false],
    ['meta.created eq "2026-01-31T10:30:00+01:00"', true],
    ['meta.created sw "2026-01-31T09"', true],
    ['userName gt "ana"', true],
    ['userName lt "ana"', false],
    ["urn:contoso:2.0:User:badge ge 9", true],
    ['urn:contoso:2.0:user:badge eq "9"', false],
    ['urn:contoso:2.0:User:tags eq "B"', true],
    ['department eq "it"', true],
    ['manager eq "B2"', true],
    ['manager eq "b2"', false],
    ["manager pr", true],
    ["name pr", false],
  ])("%s is %s", (text, expected) => {
    expect(evaluateFilter(parseFilter(text, userResourceType), ana)).toBe(expected);
  });
});

test.each(["members.value", "members", "MEMBERS.Value"])("%s finds a member by id", (name) => {
  const filter = parseFilter(`${name} eq "6f"`, groupResourceType);
  expect(evaluateFilter(filter, { members: [{ value: "77" }, { value: "6f" }] })).toBe(true);
  expect(evaluateFilter(filter, { members: [{ value: "77" }] })).toBe(false);
});

test("order is by code point, so that it agrees with the database", () => {
  const path = findAttribute(userResourceType, "externalId")!;
  const filter = { kind: "compare", path, operator: "lt", value: "\u{1F600}" } as const;
  expect(evaluateFilter(filter, { externalId: "\uFFFD" })).toBe(true);
});

test("a visitor folds a filter bottom-up", () => {
  const filter = parseFilter(
    'not (title pr) and (active eq true or emails[type eq "work"])',
    userResourceType,
  );
  const words = visitFilter<string>(filter, {
    and: (parts) => `all(${parts.join()})`,
    or: (parts) => `any(${parts.join()})`,
    not: (part) => `no ${part}`,
    compare: ({ path, value }) => `${path.attribute.name}=${value}`,
    present: ({ path }) => path.attribute.name,
    valuePath: ({ path }) => `${path.attribute.name}[]`,
  });
  expect(words).toBe("all(no title,any(active=true,emails[]))");
});
