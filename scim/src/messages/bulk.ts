import { isObject, isUnassigned, type JsonObject, readKey } from "../json/object.ts";
import { printable } from "../json/printable.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { BULK_REQUEST, BULK_RESPONSE } from "../urns.ts";
import { type ErrorBody, ScimError, scimErrors } from "./error.ts";

const METHODS = ["POST", "PUT", "PATCH", "DELETE"] as const;
/** What an operation of a BulkRequest does. */
export type BulkMethod = (typeof METHODS)[number];

/** One operation of a BulkRequest (RFC 7644 §3.7). References to other operations are still in it. */
export interface BulkOperation {
  readonly method: BulkMethod;
  readonly type: ResourceType;
  /** As in the path, so possibly `bulkId:…`; absent for POST. */
  readonly id?: string;
  readonly bulkId?: string;
  /** The version that the resource must be at, as If-Match would say it. */
  readonly version?: string;
  readonly data?: JsonObject;
}

/** An operation that cannot be carried out, whatever the others come to. */
export interface RefusedBulkOperation {
  readonly refused: ScimError;
  /** As sent, as far as it can be shown. */
  readonly method: string;
  readonly bulkId?: string;
}

/** A BulkRequest as read: its operations in their order, those that are wrong with their error. */
export interface BulkRequest {
  /** So many errors end the request; absent, it goes on whatever fails. */
  readonly failOnErrors?: number;
  readonly operations: readonly (BulkOperation | RefusedBulkOperation)[];
}

export interface BulkLimits {
  readonly types: readonly ResourceType[];
  readonly maxOperations: number;
}

/**
 * Reads a BulkRequest. A mistake in one operation refuses that operation alone. Throws invalidSyntax and invalidValue
 * when the request as a whole cannot be read, and 413 naming the limit when it has too many operations (RFC 7644 §3.7.4).
 */
export function parseBulk(body: unknown, { types, maxOperations }: BulkLimits): BulkRequest {
  if (!isObject(body)) throw scimErrors.invalidSyntax("A bulk request must be a JSON object.");
  const schemas = readKey(body, "schemas");
  const isBulk =
    Array.isArray(schemas) &&
    schemas.some(
      (urn) => typeof urn === "string" && urn.toLowerCase() === BULK_REQUEST.toLowerCase(),
    );
  if (!isBulk)
    throw scimErrors.invalidSyntax(`The schemas of a bulk request must contain ${BULK_REQUEST}.`);
  const operations = readKey(body, "Operations");
  if (!Array.isArray(operations))
    throw scimErrors.invalidSyntax("A bulk request must list its Operations.");
  if (operations.length > maxOperations) {
    throw scimErrors.payloadTooLarge(
      `A bulk request may have ${maxOperations} operations at most (maxOperations), and this one has ${operations.length}.`,
    );
  }
  const failOnErrors = readFailOnErrors(readKey(body, "failOnErrors"));
  const taken = new Set<string>();
  return {
    ...(failOnErrors !== undefined && { failOnErrors }),
    operations: operations.map((operation, at) =>
      readOperation(operation, { types, taken, at: `Operations[${at}]` }),
    ),
  };
}

function readFailOnErrors(value: unknown): number | undefined {
  if (isUnassigned(value)) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  throw scimErrors.invalidValue(
    "failOnErrors must be an integer of 1 or more; leave it out to go on whatever fails.",
  );
}

interface Place {
  readonly types: readonly ResourceType[];
  /** The bulkIds of the operations before. */
  readonly taken: Set<string>;
  readonly at: string;
}

function readOperation(operation: unknown, place: Place): BulkOperation | RefusedBulkOperation {
  const sent = isObject(operation) ? operation : {};
  const method = readKey(sent, "method");
  const bulkId = readKey(sent, "bulkId");
  try {
    if (!isObject(operation)) throw scimErrors.invalidSyntax(`${place.at} must be a JSON object.`);
    return parseOperation(operation, place);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return {
      refused: error,
      method: typeof method === "string" ? printable(method) : "",
      ...(typeof bulkId === "string" && { bulkId: bulkId.toWellFormed() }),
    };
  }
}

function parseOperation(sent: JsonObject, { types, taken, at }: Place): BulkOperation {
  const method = readMethod(readKey(sent, "method"), at);
  const bulkId = readText(sent, "bulkId", at);
  const version = readText(sent, "version", at);
  if (method === "POST") claimBulkId(bulkId, taken, at);
  const { type, id } = readPath(readText(sent, "path", at), types, at);
  if (method === "POST" && id !== undefined)
    throw scimErrors.methodNotAllowed(
      `${at}: POST takes the path ${type.endpoint}, without an id.`,
    );
  if (method !== "POST" && id === undefined)
    throw scimErrors.methodNotAllowed(
      `${at}: ${method} takes a path such as ${type.endpoint}/{id}.`,
    );
  const data = readData(sent, method);
  if (method !== "DELETE" && !isObject(data))
    throw scimErrors.invalidSyntax(`${at} (${method}) must have data, a JSON object.`);
  return {
    method,
    type,
    ...(id !== undefined && { id }),
    ...(bulkId !== undefined && { bulkId }),
    ...(version !== undefined && { version }),
    ...(method !== "DELETE" && isObject(data) && { data: requireShallow(data, at) }),
  };
}

/** The operations of a PATCH may stand alone, as in the example of RFC 7644 §3.7.3. */
function readData(sent: JsonObject, method: BulkMethod): unknown {
  const data = readKey(sent, "data");
  return method === "PATCH" && Array.isArray(data) ? { Operations: data } : data;
}

function readMethod(value: unknown, at: string): BulkMethod {
  const upper = typeof value === "string" ? value.toUpperCase() : undefined;
  const method = METHODS.find((one) => one === upper);
  if (method === undefined)
    throw scimErrors.invalidSyntax(`${at}.method must be one of ${METHODS.join(", ")}.`);
  return method;
}

function readText(sent: JsonObject, name: string, at: string): string | undefined {
  const value = readKey(sent, name);
  if (isUnassigned(value)) return undefined;
  if (typeof value === "string" && value !== "" && value.isWellFormed()) return value;
  throw scimErrors.invalidSyntax(`${at}.${name} must be text.`);
}

/** RFC 7644 §3.7: required of a POST, and unique within the request. */
function claimBulkId(bulkId: string | undefined, taken: Set<string>, at: string): void {
  if (bulkId === undefined) throw scimErrors.invalidSyntax(`${at} (POST) must have a bulkId.`);
  if (taken.has(bulkId))
    throw scimErrors.invalidValue(`${at}: an operation before has the bulkId ${bulkId} already.`);
  taken.add(bulkId);
}

/** `/Users` or `/Users/{id}`, relative to the endpoint. */
function readPath(path: string | undefined, types: readonly ResourceType[], at: string) {
  const [, collection, id] = /^\/?([^/?#]+)(?:\/([^/?#]+))?\/?(?:\?.*)?$/.exec(path ?? "") ?? [];
  const type = types.find(({ endpoint }) => endpoint === `/${collection}`);
  if (type === undefined) {
    const known = types.map(({ endpoint }) => endpoint).join(" or ");
    throw scimErrors.notFound(`${at}.path must be ${known}, with an id behind it or without.`);
  }
  return { type, id };
}

const MAX_DEPTH = 32;

/** No resource is nested deep, and what is could not be copied or written without running out of stack. */
function requireShallow(data: JsonObject, at: string): JsonObject {
  let level: unknown[] = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH)
      throw scimErrors.invalidValue(`${at}.data is nested deeper than ${MAX_DEPTH} levels.`);
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return data;
}

/** What became of one operation. */
export interface BulkOutcome {
  readonly method: string;
  readonly bulkId?: string;
  readonly status: number;
  /** Absent only when nothing was created. */
  readonly location?: string;
  readonly version?: string;
  /** The error, if it failed. */
  readonly response?: ErrorBody;
}

/** The answer to a BulkRequest: what was processed, in the order of the request (RFC 7644 §3.7.3). */
export function bulkResponse(outcomes: readonly BulkOutcome[]) {
  return {
    schemas: [BULK_RESPONSE],
    Operations: outcomes.map(({ status, ...outcome }) => ({ ...outcome, status: String(status) })),
  } as const;
}
