import type { Filter } from "../filter/filter.ts";
import { visitFilter } from "../filter/visit-filter.ts";
import { isEqual } from "../json/equal.ts";
import { isEmptyObject, isObject } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import { findKey, readAttribute } from "../resource/read-attribute.ts";
import type { Resource } from "../resource/resource.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { type AttributePath, isUnknown } from "../schema/find-attribute.ts";
import { changeElements } from "./change-elements.ts";
import { changeSingle } from "./change-single.ts";
import type { PatchOperation, PatchOptions } from "./operation.ts";

/** A resource after a PATCH, whether it differs, and what was ignored. */
export interface PatchedResource {
  readonly resource: Resource;
  /** False when the result equals what was there. */
  readonly changed: boolean;
  readonly ignored: string[];
}

/**
 * Applies operations in order to a copy (RFC 7644 §3.5.2); when one fails, nothing has happened.
 * Throws noTarget and mutability, and payloadTooLarge for operations that would walk through long lists again and again.
 */
export function applyPatch(
  resource: Resource,
  operations: readonly PatchOperation[],
  type: ResourceType,
  options: PatchOptions = {},
): PatchedResource {
  const draft: Resource = { ...resource };
  const ignored: string[] = [];
  let work = 0;
  for (const operation of operations) {
    work += workOf(draft, operation);
    if (work > MAX_WORK) throw tooMuchWork(operation);
    if (operation.ignored) ignored.push(...operation.ignored);
    if (!isUnknown(operation.path)) applyOperation(draft, operation, options);
  }
  const changed = !isEqual(resource, draft);
  if (changed) listSchemas(draft, type);
  return { resource: changed ? draft : resource, changed, ignored };
}

/** In elements looked at; a million take about half a second. */
const MAX_WORK = 1_000_000;

/** How much one operation walks through: the resource's own names, the list it changes, once for each term of its filter. */
function workOf(draft: Resource, { path }: PatchOperation): number {
  const holder = path.isExtension ? breadthOf(draft[findKey(draft, path.schema)]) : 0;
  const terms = path.filter ? countTerms(path.filter) : 0;
  return breadthOf(draft) + holder + breadthOf(readAttribute(draft, path)) * (1 + terms);
}

const breadthOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 1;

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

const countTerms = (filter: Filter): number =>
  visitFilter<number>(filter, {
    and: sum,
    or: sum,
    not: (part) => part,
    compare: () => 1,
    present: () => 1,
    valuePath: (inner) => countTerms(inner.filter),
  });

const tooMuchWork = ({ path }: PatchOperation) =>
  scimErrors.payloadTooLarge(
    `The operations change too long a list too often (${path.attribute.name}). Send fewer of them in one PATCH, or all values in one operation.`,
  );

function applyOperation(draft: Resource, operation: PatchOperation, options: PatchOptions): void {
  const { path } = operation;
  const current = readAttribute(draft, path);
  const next =
    path.attribute.multiValued || path.filter
      ? changeElements(current, operation, options)
      : changeSingle(current, operation);
  const { attribute, subAttribute } = path;
  const isKept = attribute.mutability !== "immutable" || current === undefined || subAttribute;
  if (!isKept && !isEqual(current, next)) {
    throw scimErrors.mutability(`${attribute.name} cannot be changed once it has a value.`);
  }
  write(draft, path, next);
}

function write(draft: Resource, path: AttributePath, value: unknown): void {
  if (!path.isExtension) {
    writeMember(draft, path.attribute.name, value);
    return;
  }
  const urn = findKey(draft, path.schema);
  const present = draft[urn];
  const holder = isObject(present) ? { ...present } : {};
  const { name, undeclared } = path.attribute;
  writeMember(holder, undeclared ? findKey(holder, name) : name, value);
  writeMember(draft, urn, isEmptyObject(holder) ? undefined : holder);
}

function writeMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete target[name];
  else target[name] = value;
}

/** A new extension object is named in `schemas` (RFC 7643 §3). */
function listSchemas(draft: Resource, type: ResourceType): void {
  const listed = new Set(draft.schemas.length > 0 ? draft.schemas : [type.schema.id]);
  for (const key of Object.keys(draft)) if (key.includes(":")) listed.add(key);
  if (listed.size !== draft.schemas.length) draft.schemas = [...listed];
}
