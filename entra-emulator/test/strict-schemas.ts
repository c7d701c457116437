/** What the test server publishes on /Schemas: just enough for the gallery kit's discovery test. */
const simple = (name: string): object => ({ name, type: "string", multiValued: false });
const list = (name: string, types: readonly string[], subs: readonly string[]): object => ({
  name,
  type: "complex",
  multiValued: true,
  subAttributes: [
    ...subs.map(simple),
    { ...simple("type"), ...(types.length > 0 ? { canonicalValues: types } : {}) },
  ],
});

export const strictSchemas = [
  {
    id: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    attributes: [
      ...["userName", "externalId", "displayName", "title", "preferredLanguage"].map(simple),
      { name: "active", type: "boolean", multiValued: false },
      {
        name: "name",
        type: "complex",
        multiValued: false,
        subAttributes: ["formatted", "givenName", "familyName"].map(simple),
      },
      list("emails", ["work", "home", "other"], ["value"]),
      list("phoneNumbers", ["work", "mobile", "fax"], ["value"]),
      list(
        "addresses",
        ["work"],
        ["formatted", "streetAddress", "locality", "region", "postalCode", "country"],
      ),
      list("roles", [], ["value", "display"]),
    ],
  },
  {
    id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    attributes: [
      simple("employeeNumber"),
      simple("department"),
      { name: "manager", type: "complex", multiValued: false, subAttributes: [simple("value")] },
    ],
  },
  {
    id: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    attributes: [simple("displayName"), simple("externalId"), list("members", [], ["value"])],
  },
];
