import {
  boolean,
  dateTime,
  decimal,
  integer,
  listOf,
  reference,
  string,
  type Attribute,
  type ResourceType,
  type Schema,
} from "@muster/scim";

export const definitionTypes = [
  "string",
  "boolean",
  "integer",
  "decimal",
  "dateTime",
  "reference",
] as const;
export type DefinitionType = (typeof definitionTypes)[number];

const builders = { string, boolean, integer, decimal, dateTime, reference };

/** An extension attribute as an administrator defines it. */
export type Definition = {
  readonly id: string;
  readonly urn: string;
  readonly name: string;
  readonly type: DefinitionType;
  readonly multiValued: boolean;
  readonly caseExact: boolean;
  readonly description: string;
  /** What the Sub Account's page calls it; null where it does not show it. */
  readonly shownAs: string | null;
};

/** A resource type with the extensions that the definitions make up, after those that it has. */
export const extendType = (
  type: ResourceType,
  definitions: readonly Definition[],
): ResourceType => {
  const byUrn = Map.groupBy(definitions, ({ urn }) => urn.toLowerCase());
  const added = [...byUrn.values()].map((own) => ({ schema: schemaOf(own), required: false }));
  return { ...type, extensions: [...type.extensions, ...added] };
};

const schemaOf = (definitions: readonly Definition[]): Schema => {
  const id = definitions[0]!.urn;
  return {
    id,
    name: nameOfUrn(id),
    description: "Defined by an administrator",
    attributes: definitions.map(attributeOf),
    // What nobody has defined yet is kept, or Entra would send it again in every cycle.
    open: true,
  };
};

const attributeOf = ({
  name,
  type,
  multiValued,
  caseExact,
  description,
}: Definition): Attribute => {
  const attribute = builders[type](name, description, { caseExact });
  return multiValued ? listOf<string, unknown, false>(attribute) : attribute;
};

/** "contoso" of `urn:ietf:params:scim:schemas:extension:contoso:2.0:User`. */
const nameOfUrn = (urn: string): string => {
  const parts = urn.split(":");
  return parts[parts.findIndex((part) => part.toLowerCase() === "extension") + 1] ?? urn;
};
