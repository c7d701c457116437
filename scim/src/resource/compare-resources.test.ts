import { expect, test } from "vitest";
import { findAttribute } from "../schema/find-attribute.ts";
import { userResourceType } from "../schema/user.ts";
import { compareResources } from "./compare-resources.ts";

const users = [
  {
    schemas: [],
    id: "1",
    userName: "Bo",
    emails: [{ value: "z@x" }, { value: "a@x", primary: true }],
    meta: { resourceType: "User", created: "2026-01-01T10:00:00+02:00" },
  },
  {
    schemas: [],
    id: "2",
    userName: "ana",
    emails: [{ value: "m@x" }],
    meta: { resourceType: "User", created: "2026-01-01T09:00:00Z" },
  },
  { schemas: [], id: "3", userName: "Cy" },
];

test.each([
  ["userName", "ascending", "213"],
  ["userName", "descending", "312"],
  ["emails", "ascending", "123"],
  ["emails.value", "descending", "321"],
  ["meta.created", "ascending", "123"],
] as const)("by %s, %s", (name, order, expected) => {
  const compare = compareResources(findAttribute(userResourceType, name)!, order);
  expect(
    [...users]
      .sort(compare)
      .map(({ id }) => id)
      .join(""),
  ).toBe(expected);
});
