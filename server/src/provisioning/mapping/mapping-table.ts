import { parsePath, type Attribute, type ResourceType } from "@muster/scim";
import {
  expressionOf,
  groupSources,
  userSources,
  type MappedAttribute,
  type MappingLevel,
  type MappingSource,
} from "../entra-quirks/mapping-sources.ts";

/** A row of the mapping as it should be, with what the schema of the resource says of its target. */
export type MappingRow = {
  readonly target: string;
  readonly targetType: "String" | "Boolean" | "Reference";
  /** Null for an attribute of the connection's own: only the administrator knows where it comes from. */
  readonly source: MappingSource | null;
  readonly precedence: number | null;
  readonly level: MappingLevel;
  readonly use: string;
};

type Kinds = { readonly user: ResourceType; readonly group: ResourceType };

/** What Entra should map, derived from the schemas of a connection. Pure. */
export const mappingTable = ({ user, group }: Kinds) => ({
  users: [...userSources.map(rowOf(user)), ...ownRows(user)],
  groups: groupSources.map(rowOf(group)),
});

/** The source as people read it: an attribute without brackets. */
export const sayingOf = (source: MappingSource): string =>
  "attribute" in source ? source.attribute : expressionOf(source);

const rowOf =
  (type: ResourceType) =>
  ({ target, source, precedence, level, use }: MappedAttribute): MappingRow => {
    const { attribute, subAttribute } = parsePath(target, type);
    const isRequired = attribute.required && subAttribute === undefined;
    return {
      target,
      targetType: typeOf(attribute, subAttribute),
      source,
      precedence: precedence ?? null,
      level: isRequired ? "required" : level,
      use,
    };
  };

/** Attributes that this connection has beyond the common schemas. */
const ownRows = (type: ResourceType): MappingRow[] =>
  type.extensions
    .filter(({ schema }) => !userSources.some(({ target }) => target.startsWith(`${schema.id}:`)))
    .flatMap(({ schema }) =>
      schema.attributes.map((attribute) => ({
        target: `${schema.id}:${attribute.name}`,
        targetType: typeOf(attribute),
        source: null,
        precedence: null,
        level: attribute.required ? ("required" as const) : ("optional" as const),
        use: attribute.description,
      })),
    );

/** Entra's references are resources of ours: the manager, the members. */
const typeOf = (attribute: Attribute, sub?: Attribute): MappingRow["targetType"] => {
  if ((sub ?? attribute).type === "boolean") return "Boolean";
  return sub === undefined && attribute.type === "complex" ? "Reference" : "String";
};
