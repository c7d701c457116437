import { Type } from "typebox";
import { nullable } from "#http";
import { definitionTypes, type DefinitionType } from "../dialect/definition.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

export const AttributeById = Type.Object({ id: Id, attributeId: Id });

const Kind = Type.Unsafe<DefinitionType>(
  Type.Union(definitionTypes.map((type) => Type.Literal(type))),
);
const Description = Type.String({ maxLength: 500 });
// A union would let Ajv turn null into an empty text.
const ShownAs = Type.Unsafe<string | null>({
  type: ["string", "null"],
  minLength: 1,
  maxLength: 60,
  pattern: String.raw`\S`,
  description: "what the Sub Account's page calls it; null: it is not shown by itself",
});

export const Attribute = Type.Object(
  {
    id: Type.String(),
    urn: Type.String(),
    name: Type.String(),
    type: Kind,
    multiValued: Type.Boolean(),
    caseExact: Type.Boolean(),
    description: Type.String(),
    shownAs: nullable(Type.String()),
  },
  { $id: "ConnectionAttribute" },
);

export const Reading = Type.Object(
  {
    state: Type.Union([Type.Literal("running"), Type.Literal("done")]),
    total: Type.Integer(),
    done: Type.Integer(),
    changed: Type.Integer({ description: "people of whom a value is given in another form now" }),
    startedAt: Time,
    finishedAt: nullable(Time),
  },
  { $id: "AttributeReading" },
);

export const Offer = Type.Object(
  {
    urn: Type.String(),
    name: Type.String(),
    people: Type.Integer({ description: "about how many have it" }),
    examples: Type.Array(Type.String()),
    /** Null for what has parts, which cannot be defined and is kept as sent. */
    guess: nullable(Type.Object({ type: Kind, multiValued: Type.Boolean() })),
  },
  { $id: "OfferedAttribute" },
);

export const Attributes = Type.Object({
  items: Type.Array(Attribute),
  offers: Type.Array(Offer, {
    description: "what people have under extension URNs and nobody has defined",
  }),
  reading: nullable(Reading),
});

export const NewAttribute = Type.Object({
  urn: Type.String({
    maxLength: 250,
    pattern: "^[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]*[A-Za-z0-9_-]$",
    description:
      "of the extension, such as urn:ietf:params:scim:schemas:extension:contoso:2.0:User",
  }),
  name: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,99}$" }),
  type: Kind,
  multiValued: Type.Optional(Type.Boolean()),
  caseExact: Type.Optional(Type.Boolean()),
  description: Type.Optional(Description),
  shownAs: Type.Optional(ShownAs),
});

export const AttributeChange = Type.Object({
  type: Type.Optional(Kind),
  multiValued: Type.Optional(Type.Boolean()),
  caseExact: Type.Optional(Type.Boolean()),
  description: Type.Optional(Description),
  shownAs: Type.Optional(ShownAs),
});
