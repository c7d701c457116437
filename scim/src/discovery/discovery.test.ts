import { describe, expect, test } from "vitest";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, LIST_RESPONSE, USER_SCHEMA } from "../urns.ts";
import { resourceTypesDocument } from "./resource-types-document.ts";
import { type AttributeDocument, schemasDocument } from "./schemas-document.ts";
import { serviceProviderConfig } from "./service-provider-config.ts";

const types = [userResourceType, groupResourceType];
const base = "https://muster.test/scim/v2/c1";
const schemas = schemasDocument(types, base);
const attributesOf = (id: string): readonly AttributeDocument[] =>
  schemas.Resources.find((schema) => schema.id === id)?.attributes ?? [];

describe("/Schemas", () => {
  test("is a list of each schema once, with its location (R50)", () => {
    expect(schemas.schemas).toEqual([LIST_RESPONSE]);
    expect(schemas.Resources.map(({ id }) => id)).toEqual([
      USER_SCHEMA,
      ENTERPRISE_USER_SCHEMA,
      GROUP_SCHEMA,
    ]);
    expect(schemas.Resources[0]?.meta.location).toBe(`${base}/Schemas/${USER_SCHEMA}`);
  });

  test("leaves out what validators cannot handle (R48)", () => {
    const names = attributesOf(USER_SCHEMA).map(({ name }) => name);
    expect(names).not.toContain("password");
    const emails = attributesOf(USER_SCHEMA).find(({ name }) => name === "emails");
    expect(emails?.subAttributes?.map(({ name }) => name)).toEqual(["value", "type", "primary"]);
  });

  test("has no null, and every characteristic of every attribute", () => {
    expect(JSON.stringify(schemas)).not.toContain("null");
    const visit = (attribute: AttributeDocument): void => {
      expect(attribute).toEqual(
        expect.objectContaining({
          description: expect.stringMatching(/\w/),
          multiValued: expect.any(Boolean),
          required: expect.any(Boolean),
          caseExact: expect.any(Boolean),
          mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
          returned: expect.stringMatching(/^(always|never|default|request)$/),
          uniqueness: expect.stringMatching(/^(none|server|global)$/),
        }),
      );
      expect(Object.keys(attribute)).not.toContain("published");
      expect(attribute.type === "reference").toBe(attribute.referenceTypes !== undefined);
      attribute.subAttributes?.forEach(visit);
    };
    schemas.Resources.flatMap(({ attributes }) => attributes).forEach(visit);
  });

  /** The look-up of Microsoft's kit, test 15 (entra-wire §5.2), written out. */
  test("holds every target of Entra's default mapping", () => {
    const found = new Set(
      schemas.Resources.flatMap((schema) => flatten(schema.id, schema.attributes)),
    );
    const emails = 'emails[type eq "work"].value';
    const parts = ["formatted", "streetaddress", "locality", "region", "postalcode", "country"];
    const address = parts.map((part) => `addresses[type eq "work"].${part}`);
    const phones = ["work", "mobile", "fax"].map((kind) => `phonenumbers[type eq "${kind}"].value`);
    const names = ["name.givenname", "name.familyname", "name.formatted"];
    const single = [
      "username",
      "active",
      "displayname",
      "title",
      "preferredlanguage",
      "externalid",
      "members",
    ];
    const enterprise = ["employeenumber", "department", "manager"].map((name) =>
      `${ENTERPRISE_USER_SCHEMA}:${name}`.toLowerCase(),
    );
    const roles = 'roles[primary eq "true"].value';
    for (const target of [
      emails,
      ...address,
      ...phones,
      ...names,
      ...single,
      ...enterprise,
      roles,
    ]) {
      expect(found).toContain(target);
    }
  });
});

function flatten(schema: string, attributes: readonly AttributeDocument[]): string[] {
  return attributes
    .flatMap((attribute) => {
      const { name, subAttributes = [], multiValued, type } = attribute;
      if (schema === ENTERPRISE_USER_SCHEMA) return [`${schema}:${name}`];
      if (type !== "complex" || name === "members") return [name];
      if (!multiValued) return subAttributes.map((sub) => `${name}.${sub.name}`);
      const kinds = subAttributes.find((sub) => sub.name === "type")?.canonicalValues ?? [];
      const filters =
        kinds.length > 0 ? kinds.map((kind) => `type eq "${kind}"`) : ['primary eq "True"'];
      return filters.flatMap((filter) =>
        subAttributes.map((sub) => `${name}[${filter}].${sub.name}`),
      );
    })
    .map((path) => path.toLowerCase());
}

test("/ResourceTypes is a list (R50) that names endpoints and extensions", () => {
  const { schemas: list, Resources } = resourceTypesDocument(types, base);
  expect(list).toEqual([LIST_RESPONSE]);
  expect(
    Resources.map(({ id, endpoint, schemaExtensions }) => [id, endpoint, schemaExtensions]),
  ).toEqual([
    ["User", "/Users", [{ schema: ENTERPRISE_USER_SCHEMA, required: false }]],
    ["Group", "/Groups", []],
  ]);
});

test("/ServiceProviderConfig says what is supported, and that the rest is not", () => {
  const config = serviceProviderConfig(
    {
      patch: true,
      filter: { maxResults: 200 },
      pagination: { cursor: true, index: true, defaultPaginationMethod: "index" },
      authenticationSchemes: [],
    },
    base,
  );
  expect(config).toMatchObject({
    patch: { supported: true },
    filter: { supported: true, maxResults: 200 },
    bulk: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    pagination: { defaultPaginationMethod: "index" },
    meta: { location: `${base}/ServiceProviderConfig` },
  });
  expect(JSON.stringify(config)).not.toContain("null");
});
