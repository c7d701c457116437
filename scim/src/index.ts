export { type BulkStep, planBulk } from "./bulk/plan-bulk.ts";
export { resolveId, resolveReferences } from "./bulk/references.ts";
export { type SetAside, setAside } from "./bulk/set-aside.ts";
export type { AuthenticationScheme, Features } from "./discovery/service-provider-config.ts";
export { serviceProviderConfig } from "./discovery/service-provider-config.ts";
export {
  type ResourceTypeDocument,
  resourceTypeDocument,
  resourceTypesDocument,
} from "./discovery/resource-types-document.ts";
export {
  type AttributeDocument,
  type SchemaDocument,
  schemaDocument,
  schemasDocument,
} from "./discovery/schemas-document.ts";
export { evaluateFilter, matchesElement } from "./filter/evaluate-filter.ts";
export type {
  AndFilter,
  CompareFilter,
  CompareOperator,
  CompareValue,
  Filter,
  NotFilter,
  OrFilter,
  PresentFilter,
  ValuePathFilter,
} from "./filter/filter.ts";
export { parseInstant } from "./filter/instant.ts";
export { type FilterOptions, parseFilter, parsePath } from "./filter/parse-filter.ts";
export { printFilter, printPath } from "./filter/print-filter.ts";
export { type FilterVisitor, visitFilter } from "./filter/visit-filter.ts";
export { foldCase } from "./fold-case.ts";
export {
  type BulkMethod,
  type BulkOperation,
  type BulkOutcome,
  type BulkRequest,
  bulkResponse,
  parseBulk,
  type RefusedBulkOperation,
} from "./messages/bulk.ts";
export {
  type ErrorBody,
  errorBody,
  ScimError,
  scimErrors,
  type ScimType,
} from "./messages/error.ts";
export { type ListQuery, parseListQuery } from "./messages/list-query.ts";
export { type ListResponse, listResponse, type Page } from "./messages/list-response.ts";
export { applyPatch, type PatchedResource } from "./patch/apply-patch.ts";
export { type MemberChange, memberChange } from "./patch/member-change.ts";
export type { PatchOperation, PatchOptions, PatchReading, PatchVerb } from "./patch/operation.ts";
export { parsePatch } from "./patch/parse-patch.ts";
export {
  planProjection,
  projectResource,
  type ProjectionQuery,
} from "./projection/project-resource.ts";
export { compareResources } from "./resource/compare-resources.ts";
export { type ParsedResource, parseResource } from "./resource/parse-resource.ts";
export { readAttribute } from "./resource/read-attribute.ts";
export type { Group, Meta, Resource, User } from "./resource/resource.ts";
export type {
  Attribute,
  AttributeType,
  Mutability,
  ResourceType,
  Returned,
  Schema,
  SchemaExtension,
  Uniqueness,
} from "./schema/attribute.ts";
export {
  binary,
  boolean,
  complex,
  complexList,
  dateTime,
  decimal,
  integer,
  listOf,
  reference,
  string,
} from "./schema/build.ts";
export { enterpriseUserSchema } from "./schema/enterprise-user.ts";
export { type AttributePath, findAttribute } from "./schema/find-attribute.ts";
export { groupResourceType, groupSchema } from "./schema/group.ts";
export { findSchema, findSubAttribute } from "./schema/index-attributes.ts";
export { userResourceType, userSchema } from "./schema/user.ts";
export {
  BULK_REQUEST,
  BULK_RESPONSE,
  ENTERPRISE_USER_SCHEMA,
  ERROR_MESSAGE,
  GROUP_SCHEMA,
  LIST_RESPONSE,
  PATCH_OP,
  RESOURCE_TYPE_SCHEMA,
  SCHEMA_SCHEMA,
  SEARCH_REQUEST,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  USER_SCHEMA,
} from "./urns.ts";
