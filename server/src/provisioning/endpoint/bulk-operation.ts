import {
  errorBody,
  resolveId,
  resolveReferences,
  ScimError,
  type BulkMethod,
  type BulkOperation,
  type BulkOutcome,
  type RefusedBulkOperation,
} from "@muster/scim";
import type { Transaction } from "#tenancy";
import type { Answer, Call } from "./call.ts";
import { toScimError } from "./errors.ts";
import { createGroup, deleteGroup, patchGroup, replaceGroup } from "./groups.ts";
import type { Arrived, Perform } from "./perform.ts";
import { createUser, deleteUser, patchUser, replaceUser } from "./users.ts";

/** The endpoint that a bulk request came to. */
export type BulkEndpoint = {
  readonly perform: Perform;
  /** The bulk request itself. */
  readonly arrived: Arrived;
  /** What locations start with. */
  readonly base: string;
  /** Gives the id of what was created under a bulkId; throws a ScimError if nothing was. */
  readonly resolve: (bulkId: string) => string;
};

/** What became of an operation, and the id of its resource if all went well. */
type Done = { readonly outcome: BulkOutcome; readonly id?: string };

type Deed = (tx: Transaction, call: Call, id: string, data: unknown) => Promise<Answer>;

const deeds: Record<string, Record<BulkMethod, Deed>> = {
  User: {
    POST: (tx, call, _id, data) => createUser(tx, call, data),
    PUT: replaceUser,
    PATCH: patchUser,
    DELETE: (tx, call, id) => deleteUser(tx, call, id),
  },
  Group: {
    POST: (tx, call, _id, data) => createGroup(tx, call, data),
    PUT: replaceGroup,
    PATCH: patchGroup,
    DELETE: (tx, call, id) => deleteGroup(tx, call, id),
  },
};

/** Carries out one operation as if it had come alone: authenticated, in its own transaction, with its own log entry. */
export const performOperation = async (
  endpoint: BulkEndpoint,
  operation: BulkOperation,
): Promise<Done> => {
  const { method, type } = operation;
  const resolved = resolveOperation(endpoint, operation);
  const { id, data } = resolved instanceof ScimError ? operation : resolved;
  const path = id === undefined ? type.endpoint : `${type.endpoint}/${encodeURIComponent(id)}`;
  const answer = await send(endpoint, { ...operation, path, data }, async (tx, call) => {
    if (resolved instanceof ScimError) throw resolved;
    return deeds[type.name]![method](tx, call, id ?? "", data);
  });
  const named = { method, ...(operation.bulkId !== undefined && { bulkId: operation.bulkId }) };
  const place = id === undefined ? {} : { location: `${endpoint.base}${path}` };
  if (answer instanceof ScimError)
    return {
      outcome: { ...named, ...place, status: answer.status, response: errorBody(answer) },
    };
  const { location, etag } = answer.headers ?? {};
  return {
    outcome: {
      ...named,
      ...place,
      ...(location !== undefined && { location }),
      ...(etag !== undefined && { version: etag }),
      status: answer.status,
    },
    ...(answer.resource !== undefined && { id: answer.resource.id }),
  };
};

/** Logs an operation that cannot be read, and says so. */
export const refuseOperation = async (
  endpoint: BulkEndpoint,
  { refused, ...named }: RefusedBulkOperation,
): Promise<BulkOutcome> => {
  const answer = await send(endpoint, { method: named.method, path: "/Bulk" }, async () => {
    throw refused;
  });
  const error = answer instanceof ScimError ? answer : refused;
  return { ...named, status: error.status, response: errorBody(error) };
};

const resolveOperation = (
  { resolve }: BulkEndpoint,
  { id, data }: BulkOperation,
): Pick<BulkOperation, "id" | "data"> | ScimError => {
  try {
    return {
      ...(id !== undefined && { id: resolveId(id, resolve) }),
      ...(data !== undefined && { data: resolveReferences(data, resolve) }),
    };
  } catch (error) {
    return toScimError(error);
  }
};

type Single = {
  readonly method: string;
  readonly path: string;
  readonly data?: object | undefined;
  readonly version?: string;
};

const send = async (
  { perform, arrived }: BulkEndpoint,
  { method, path, data, version }: Single,
  work: (tx: Transaction, call: Call) => Promise<Answer>,
): Promise<Answer | ScimError> => {
  const alone: Arrived = {
    ...arrived,
    method,
    path,
    body: data === undefined ? undefined : { text: JSON.stringify(data), value: data },
    preconditions: { ifMatch: version },
  };
  try {
    return (await perform("write", alone, work)).answer;
  } catch (error) {
    return toScimError(error);
  }
};
