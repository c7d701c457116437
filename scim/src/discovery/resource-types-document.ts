import { type ListResponse, listResponse } from "../messages/list-response.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { RESOURCE_TYPE_SCHEMA } from "../urns.ts";

/** A resource type as `/ResourceTypes` shows it (RFC 7643 §6). */
export interface ResourceTypeDocument {
  readonly schemas: readonly [typeof RESOURCE_TYPE_SCHEMA];
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: string;
  readonly schemaExtensions: readonly { readonly schema: string; readonly required: boolean }[];
  readonly meta: { readonly resourceType: "ResourceType"; readonly location: string };
}

/** The answer to `GET /ResourceTypes`: a list response, not a bare array (R50). */
export function resourceTypesDocument(
  types: readonly ResourceType[],
  baseUrl: string,
): ListResponse<ResourceTypeDocument> {
  return listResponse(types.map((type) => resourceTypeDocument(type, baseUrl)));
}

/** The document of one resource type (RFC 7643 §6). */
export function resourceTypeDocument(type: ResourceType, baseUrl: string): ResourceTypeDocument {
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({
      schema: schema.id,
      required,
    })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${type.name}` },
  };
}
