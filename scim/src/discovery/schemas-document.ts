import { type ListResponse, listResponse } from "../messages/list-response.ts";
import type { Attribute, ResourceType, Schema } from "../schema/attribute.ts";
import { commonAttributes } from "../schema/common.ts";
import { SCHEMA_SCHEMA } from "../urns.ts";

/** An attribute as `/Schemas` shows it (RFC 7643 §7). */
export interface AttributeDocument {
  readonly name: string;
  readonly type: Attribute["type"];
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Attribute["mutability"];
  readonly returned: Attribute["returned"];
  readonly uniqueness: Attribute["uniqueness"];
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDocument[];
}

/** A schema as `/Schemas` shows it (RFC 7643 §7). */
export interface SchemaDocument {
  readonly schemas: readonly [typeof SCHEMA_SCHEMA];
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDocument[];
  readonly meta: { readonly resourceType: "Schema"; readonly location: string };
}

/** The answer to `GET /Schemas`: each schema of the types once. */
export function schemasDocument(
  types: readonly ResourceType[],
  baseUrl: string,
): ListResponse<SchemaDocument> {
  const documents = new Map<string, SchemaDocument>();
  for (const { schema, extensions } of types) {
    documents.set(schema.id, describeCore(schema, baseUrl));
    for (const extension of extensions) {
      documents.set(extension.schema.id, schemaDocument(extension.schema, baseUrl));
    }
  }
  return listResponse([...documents.values()]);
}

/** The document of one schema. */
export function schemaDocument(schema: Schema, baseUrl: string): SchemaDocument {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.filter(isPublished).map(describe),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/**
 * RFC 7643 §3.1 leaves the common attributes out, yet Entra's validation kit looks every mapped attribute up here, and
 * `externalId` is one (entra-wire §5.2, test 15).
 */
const describeCore = (schema: Schema, baseUrl: string): SchemaDocument =>
  schemaDocument(
    {
      ...schema,
      attributes: [
        ...commonAttributes.filter(({ name }) => name === "externalId"),
        ...schema.attributes,
      ],
    },
    baseUrl,
  );

const isPublished = ({ published }: Attribute): boolean => published !== false;

function describe(attribute: Attribute): AttributeDocument {
  const { name, type, multiValued, description, required, caseExact } = attribute;
  const { mutability, returned, uniqueness, canonicalValues, referenceTypes, subAttributes } =
    attribute;
  return {
    name,
    type,
    multiValued,
    description,
    required,
    caseExact,
    mutability,
    returned,
    uniqueness,
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.filter(isPublished).map(describe) }),
  };
}
