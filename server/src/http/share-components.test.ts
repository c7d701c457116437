import { expect, test } from "vitest";
import { markComponents, shareComponents, type Json } from "./share-components.ts";

const person = { $id: "Person", type: "object", properties: { name: { type: "string" } } };
const team = {
  $id: "Team",
  type: "object",
  properties: { lead: person, members: { items: person } },
};

const documentOf = (...schemas: object[]): Json =>
  markComponents({ paths: schemas, components: { securitySchemes: {} } }) as unknown as Json;

test("a schema with an $id is a component, where one is inside another too; a reference stays", () => {
  expect(shareComponents(documentOf(team, person, { type: "string" }))).toEqual({
    paths: [
      { $ref: "#/components/schemas/Team" },
      { $ref: "#/components/schemas/Person" },
      { type: "string" },
    ],
    components: {
      securitySchemes: {},
      schemas: {
        Person: { type: "object", properties: { name: { type: "string" } } },
        Team: {
          type: "object",
          properties: {
            lead: { $ref: "#/components/schemas/Person" },
            members: { items: { $ref: "#/components/schemas/Person" } },
          },
        },
      },
    },
  });
});

test("two different schemas cannot have one name", () => {
  const other = { ...person, properties: {} };
  expect(() => shareComponents(documentOf(person, other))).toThrow('the $id "Person"');
});
