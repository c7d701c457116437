import { expect, test } from "vitest";
import type { ResourceType } from "../schema/attribute.ts";
import { complexList, string } from "../schema/build.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA as ENT, USER_SCHEMA } from "../urns.ts";
import { projectResource } from "./project-resource.ts";

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
        attributes: [
          string("secret", "", { returned: "never" }),
          string("bulky", "", { returned: "request" }),
          complexList("keys", "", [
            string("value", ""),
            string("private", "", { returned: "never" }),
          ]),
        ],
      },
    },
  ],
};

const full = {
  schemas: [USER_SCHEMA, ENT],
  id: "1",
  userName: "ana",
  password: "p",
  name: { givenName: "Ana", familyName: "Ito" },
  emails: [{ value: "a@x", type: "work" }, { type: "home" }],
  meta: { resourceType: "User", version: "1" },
  [ENT]: { department: "IT", manager: { value: "m" } },
  "urn:x:y": { secret: "s", bulky: "b", keys: [{ value: "v", private: "p" }] },
  "urn:un:known": { badge: "9" },
};
const base = { schemas: full.schemas, id: "1" };
const { password: _password, ...visible } = full;
const byDefault = { ...visible, "urn:x:y": { keys: [{ value: "v" }] } };

test.each([
  ["nothing asked", {}, byDefault],
  ["empty lists", { attributes: [], excludedAttributes: [] }, byDefault],
  ["one name", { attributes: ["USERNAME"] }, { ...base, userName: "ana" }],
  ["a core URN", { attributes: [`${USER_SCHEMA}:userName`] }, { ...base, userName: "ana" }],
  [
    "a part",
    { attributes: ["name.givenName", "emails.value"] },
    { ...base, name: { givenName: "Ana" }, emails: [{ value: "a@x" }] },
  ],
  [
    "a whole and a part of it",
    { attributes: ["name", "name.givenName"] },
    { ...base, name: full.name },
  ],
  [
    "an extension attribute",
    { attributes: [`${ENT}:department`] },
    { ...base, [ENT]: { department: "IT" } },
  ],
  ["a whole extension", { attributes: [ENT.toLowerCase()] }, { ...base, [ENT]: full[ENT] }],
  [
    "an unknown extension",
    { attributes: ["urn:un:known"] },
    { ...base, "urn:un:known": { badge: "9" } },
  ],
  [
    "an unknown extension's attribute",
    { attributes: ["urn:un:known:badge"] },
    { ...base, "urn:un:known": { badge: "9" } },
  ],
  ["only on request", { attributes: ["urn:x:y:bulky"] }, { ...base, "urn:x:y": { bulky: "b" } }],
  ["never, though asked", { attributes: ["password", "urn:x:y:secret"] }, base],
  ["unknown names", { attributes: ["nonsense", "__proto__"] }, base],
  [
    "hidden",
    { excludedAttributes: ["emails", "name.givenName", ENT, "urn:un:known:badge"] },
    {
      ...base,
      userName: "ana",
      name: { familyName: "Ito" },
      meta: full.meta,
      "urn:x:y": { keys: [{ value: "v" }] },
    },
  ],
  [
    "always, though hidden",
    { attributes: ["userName"], excludedAttributes: ["id", "schemas"] },
    { ...base, userName: "ana" },
  ],
])("%s", (_case, query, expected) => {
  expect(projectResource(type, full, query)).toEqual(expected);
});
