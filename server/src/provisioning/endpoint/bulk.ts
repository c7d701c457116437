import {
  bulkResponse,
  errorBody,
  parseBulk,
  planBulk,
  scimErrors,
  setAside,
  type BulkOperation,
  type BulkOutcome,
  type BulkRequest,
  type BulkStep,
  type ErrorBody,
} from "@muster/scim";
import { performOperation, refuseOperation, type BulkEndpoint } from "./bulk-operation.ts";
import { limits } from "./limits.ts";
import type { Arrived, Perform, Performed } from "./perform.ts";

/**
 * POST /Bulk (RFC 7644 §3.7): every operation as if it had come alone, in a transaction of its own, with its own entry
 * in the provisioning log. The request has an entry too.
 */
export const performBulk = async (
  perform: Perform,
  arrived: Arrived,
  body: unknown,
): Promise<Performed> => {
  let request: BulkRequest = { operations: [] };
  let base = "";
  const { answer } = await perform("read", arrived, async (_tx, call) => {
    request = parseBulk(body, {
      types: [call.dialect.user, call.dialect.group],
      maxOperations: limits.bulkOperations,
    });
    base = call.base;
    const count = request.operations.length;
    return {
      status: 200,
      outcome: "read",
      summary: `Took a bulk request of ${count} ${count === 1 ? "operation" : "operations"}, each logged by itself`,
    };
  });
  const outcomes = await carryOut(request, { perform, arrived, base });
  return { answer, text: JSON.stringify(bulkResponse(outcomes)) };
};

/** What was created so that others can refer to it, without what it refers to itself. */
type Unfinished = {
  readonly created: BulkOutcome;
  /** Adds the rest. */
  readonly rest: BulkOperation;
};

type Progress = {
  readonly endpoint: BulkEndpoint;
  /** What was created under each bulkId; null if that failed. */
  readonly ids: Map<string, string | null>;
  readonly unfinished: Map<number, Unfinished>;
};

type Operation = BulkRequest["operations"][number];
type Run = Extract<BulkStep, { kind: "run" }>;

/** Gives what became of all that was carried out, in the order of the request (RFC 7644 §3.7.3). */
const carryOut = async (
  { operations, failOnErrors = Infinity }: BulkRequest,
  at: Omit<BulkEndpoint, "resolve">,
): Promise<BulkOutcome[]> => {
  const ids: Progress["ids"] = new Map();
  const endpoint = { ...at, resolve: (bulkId: string) => resolve(ids, bulkId) };
  const progress: Progress = { endpoint, ids, unfinished: new Map() };
  const outcomes = new Map<number, BulkOutcome>();
  let errors = 0;
  for (const step of planBulk({ operations })) {
    if (errors >= failOnErrors) break;
    const outcome =
      step.kind === "run"
        ? await run(progress, operations[step.at]!, step)
        : await complete(progress, step.at);
    if (outcome === undefined) continue;
    if (outcome.response !== undefined) errors += 1;
    outcomes.set(step.at, outcome);
  }
  const stopped = errorBody(scimErrors.conflict("failOnErrors ended the request before."));
  for (const [place, { created }] of progress.unfinished)
    outcomes.set(place, lackingTheRest(created, { status: 409, response: stopped }));
  return [...outcomes].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome);
};

const run = async (
  { endpoint, ids, unfinished }: Progress,
  operation: Operation,
  { at, without }: Run,
): Promise<BulkOutcome> => {
  if ("refused" in operation) {
    // A bulkId that was taken before stays with who took it.
    if (operation.bulkId !== undefined && !ids.has(operation.bulkId))
      ids.set(operation.bulkId, null);
    return refuseOperation(endpoint, operation);
  }
  const { data, patch } = setAside(operation.data ?? {}, without);
  const { outcome, id } = await performOperation(
    endpoint,
    without.size === 0 ? operation : { ...operation, data },
  );
  if (operation.method === "POST" && operation.bulkId !== undefined)
    ids.set(operation.bulkId, id ?? null);
  if (id !== undefined && without.size > 0) {
    const rest: BulkOperation = { method: "PATCH", type: operation.type, id, data: patch };
    unfinished.set(at, { created: outcome, rest });
  }
  return outcome;
};

/** Nothing is left to complete where the creation failed. */
const complete = async (
  { endpoint, unfinished }: Progress,
  at: number,
): Promise<BulkOutcome | undefined> => {
  const half = unfinished.get(at);
  if (half === undefined) return undefined;
  unfinished.delete(at);
  const { version: _before, ...created } = half.created;
  const { outcome } = await performOperation(endpoint, half.rest);
  const { status, response, version } = outcome;
  if (response !== undefined) return lackingTheRest(created, { status, response });
  return { ...created, ...(version !== undefined && { version }) };
};

const lackingTheRest = (
  created: BulkOutcome,
  { status, response }: { status: number; response: ErrorBody },
): BulkOutcome => {
  const detail = `It was created, but without what it refers to in a circle: ${response.detail}`;
  return { ...created, status, response: { ...response, detail } };
};

/** @throws ScimError 409 when nothing has that bulkId, 412 when what has it failed */
const resolve = (ids: Progress["ids"], bulkId: string): string => {
  const id = ids.get(bulkId);
  if (id === undefined)
    throw scimErrors.conflict(`No operation of this request creates bulkId:${bulkId}.`);
  if (id === null)
    throw scimErrors.preconditionFailed(
      `The operation that was to create bulkId:${bulkId} failed, so nothing can refer to it.`,
    );
  return id;
};
