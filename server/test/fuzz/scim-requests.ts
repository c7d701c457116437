import * as fc from "fast-check";
import { enterpriseSchema, groupSchema, userSchema } from "../support/scim-client.ts";
import { anyJson, bodyOf, nastyText, queryOf, reference, segment, type Draft } from "./values.ts";

/** An extension whose attributes the connection has defined, one of each kind. */
export const ownSchema = "urn:ietf:params:scim:schemas:extension:fuzz:2.0:User";
export const ownTypes = ["string", "integer", "boolean", "decimal", "dateTime"] as const;

const attributes = [
  ...ownTypes.map((type) => `${ownSchema}:${type}`),
  ownSchema,
  `${enterpriseSchema}:employeeNumber`,
  "userName",
  "externalId",
  "displayName",
  "active",
  "title",
  "name",
  "name.givenName",
  "emails",
  "emails.value",
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  "phoneNumbers",
  "addresses",
  "roles",
  "groups",
  "members",
  "members.value",
  "manager",
  `${enterpriseSchema}:manager`,
  `${enterpriseSchema}:department`,
  enterpriseSchema,
  "urn:a:b:c",
  "id",
  "meta",
  "meta.lastModified",
  "schemas",
  "password",
];

const attribute = fc.constantFrom(...attributes);
const json = anyJson(attribute);

const elements = fc.array(
  fc.record(
    {
      value: fc.oneof(nastyText, reference("user"), fc.emailAddress()),
      type: fc.constantFrom("work", "home", "other", ""),
      primary: fc.constantFrom(true, false, "True"),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 3 },
);

const name = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 400 }).map((at) => `person${at}@contoso.test`) },
  { weight: 1, arbitrary: nastyText },
);

const user = fc.record(
  {
    schemas: fc.constant([userSchema, enterpriseSchema]),
    userName: name,
    externalId: fc.oneof(fc.nat({ max: 400 }).map(String), nastyText),
    displayName: nastyText,
    active: fc.constantFrom<unknown>(true, false, "True", "False", null),
    emails: elements,
    [enterpriseSchema]: fc.record(
      {
        department: nastyText,
        manager: reference("user"),
        employeeNumber: fc.oneof(fc.nat({ max: 60 }).map(String), nastyText),
      },
      { requiredKeys: [] },
    ),
    [ownSchema]: fc.dictionary(
      fc.constantFrom(...ownTypes, "undefined"),
      fc.oneof(nastyText, fc.integer(), fc.double(), fc.boolean(), fc.date().map(String)),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: ["schemas", "userName"] },
);

const group = fc.record(
  {
    schemas: fc.constant([groupSchema]),
    displayName: fc.oneof(
      fc.nat({ max: 200 }).map((at) => `Group ${at}`),
      nastyText,
    ),
    externalId: fc.oneof(fc.nat({ max: 400 }).map(String), nastyText),
    members: fc.array(
      fc.record({ value: fc.oneof(reference("user"), reference("group"), nastyText) }),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ["schemas", "displayName"] },
);

/** A resource as it should be, or with one of its attributes replaced by anything. */
const mutated = (resource: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: resource },
    {
      weight: 2,
      arbitrary: fc
        .tuple(resource, attribute, json)
        .map(([whole, key, value]) => ({ ...whole, [key]: value })),
    },
    { weight: 1, arbitrary: json },
  );

const operation = fc.record(
  {
    op: fc.constantFrom("add", "replace", "remove", "Add", "Replace", "Remove", "move"),
    path: fc.oneof(attribute, nastyText),
    value: fc.oneof(json, elements, user, fc.array(fc.record({ value: reference("user") }))),
  },
  { requiredKeys: ["op"] },
);

const patch = mutated(
  fc.record({
    schemas: fc.constant(["urn:ietf:params:scim:api:messages:2.0:PatchOp"]),
    Operations: fc.array(operation, { maxLength: 4 }),
  }),
);

const literal = fc.oneof(
  nastyText.map((text) => JSON.stringify(text)),
  fc.constantFrom("true", "null", "5", "1e400", '"', "", "x", '"2020-01-01T00:00:00Z"'),
);

const filter: fc.Arbitrary<string> = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .tuple(
        attribute,
        fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "xx"),
        literal,
      )
      .map((parts) => parts.join(" ")),
    attribute.map((path) => `${path} pr`),
    fc
      .tuple(tie("filter"), fc.constantFrom("and", "or", "xor"), tie("filter"))
      .map((parts) => parts.join(" ")),
    tie("filter").map((inner) => `(${inner})`),
    tie("filter").map((inner) => `not (${inner})`),
    fc.tuple(attribute, tie("filter")).map(([path, inner]) => `${path}[${inner}]`),
    nastyText,
  ),
})).filter;

const queryNames = [
  "filter",
  "attributes",
  "excludedAttributes",
  "startIndex",
  "count",
  "sortBy",
  "sortOrder",
  "cursor",
];
const query = queryOf(queryNames, fc.oneof(filter, attribute, nastyText));
const search = fc.dictionary(
  fc.constantFrom(...queryNames, "schemas"),
  fc.oneof(filter, attribute, json),
  { maxKeys: 4 },
);

const kind = fc.constantFrom("Users", "Groups");
const resourcePath = fc.tuple(kind, segment).map((parts) => `/${parts.join("/")}`);
const contentType = fc.constantFrom(
  "application/scim+json",
  "application/scim+json",
  "application/json; charset=utf-8",
  "text/plain",
  "multipart/form-data",
);

const withBody = (
  method: string,
  path: fc.Arbitrary<string>,
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<Draft> =>
  fc.record({ method: fc.constant(method), path, body: bodyOf(value), contentType });

const withoutBody = (method: string, path: fc.Arbitrary<string>): fc.Arbitrary<Draft> =>
  fc.record({ method: fc.constant(method), path });

const addressOf = (path: fc.Arbitrary<string>) =>
  fc.tuple(path, query).map((parts) => parts.join(""));

/** Requests that an identity provider makes, and what becomes of them in hostile hands. */
export const scimRequest: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 6, arbitrary: withBody("POST", fc.constant("/Users"), mutated(user)) },
  { weight: 3, arbitrary: withBody("POST", fc.constant("/Groups"), mutated(group)) },
  { weight: 8, arbitrary: withBody("PATCH", resourcePath, patch) },
  { weight: 3, arbitrary: withBody("PUT", resourcePath, fc.oneof(mutated(user), mutated(group))) },
  { weight: 1, arbitrary: withoutBody("DELETE", resourcePath) },
  { weight: 6, arbitrary: withoutBody("GET", addressOf(kind.map((one) => `/${one}`))) },
  { weight: 3, arbitrary: withoutBody("GET", addressOf(resourcePath)) },
  {
    weight: 3,
    arbitrary: withBody(
      "POST",
      fc.constantFrom("/Users/.search", "/Groups/.search", "/.search"),
      search,
    ),
  },
  {
    weight: 1,
    arbitrary: withoutBody(
      "GET",
      addressOf(
        fc.constantFrom(
          "",
          "/",
          "/Schemas",
          "/ResourceTypes",
          "/ServiceProviderConfig",
          "/Me",
          "/x",
        ),
      ),
    ),
  },
  { weight: 1, arbitrary: withoutBody("HEAD", addressOf(resourcePath)) },
  {
    weight: 1,
    arbitrary: fc.record({
      method: fc.constantFrom("OPTIONS", "PROPFIND", "PUT", "DELETE", "PATCH"),
      path: fc.constantFrom("/Users", "/Groups", "/Schemas", "/"),
    }),
  },
);
