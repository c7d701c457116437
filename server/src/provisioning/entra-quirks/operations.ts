import { type AttributePath, printPath, type ResourceType } from "@muster/scim";
import type { EnabledQuirks } from "./catalogue.ts";
import { repairName, resolvePath } from "./names.ts";
import { removeListed } from "./remove-listed.ts";
import { isObject, normalizeValue } from "./values.ts";

/** A PATCH operation as it came, its keys in SCIM's letter case. */
export interface LooseOperation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly value?: unknown;
}

export interface PatchContext {
  readonly type: ResourceType;
  readonly enabled: EnabledQuirks;
  /** The id of the resource that is changed. */
  readonly id?: string | undefined;
}

/** Rewrites one operation into those that RFC 7644 has for what it means. */
export function normalizeOperation(
  operation: LooseOperation,
  context: PatchContext,
): LooseOperation[] {
  const verb = lowerVerb(operation, context.enabled);
  return takeApart(verb, context).flatMap((single) => normalizeSingle(single, context));
}

/** R05: "Add", "REPLACE". */
function lowerVerb(operation: LooseOperation, enabled: EnabledQuirks): LooseOperation {
  const { op } = operation;
  return typeof op === "string" && enabled.has("verbCase")
    ? { ...operation, op: op.trim().toLowerCase() }
    : operation;
}

/** R09, R10: every key of a path-less value that names an attribute becomes an operation with a path. */
function takeApart(operation: LooseOperation, context: PatchContext): LooseOperation[] {
  const { op, value } = operation;
  const isPathless =
    operation.path === undefined || operation.path === null || operation.path === "";
  if (!isPathless || !isObject(value) || op === "remove") return [operation];
  const { parts, rest } = splitValue(value, context);
  if (parts.length === 0) return [operation];
  const taken = parts.map(([path, part]) => ({ op, path, value: part }));
  return Object.keys(rest).length > 0 ? [...taken, { op, value: rest }] : taken;
}

type Part = readonly [path: string, value: unknown];

function splitValue(
  value: Record<string, unknown>,
  context: PatchContext,
): { parts: Part[]; rest: Record<string, unknown> } {
  const parts: Part[] = [];
  const rest: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const name = repairName(context.type, key, context.enabled);
    if (isExtension(context.type, name) && isObject(item)) {
      const inner = splitValue(qualify(name, item), context);
      parts.push(...inner.parts);
      const unknown = Object.entries(inner.rest).map(([path, left]) => [
        path.slice(name.length + 1),
        left,
      ]);
      if (unknown.length > 0) rest.push([name, Object.fromEntries(unknown)]);
    } else if (namesAttribute(name, item, context)) parts.push([name, item]);
    else rest.push([name, item]);
  }
  return { parts, rest: Object.fromEntries(rest) };
}

const isExtension = ({ extensions }: ResourceType, name: string): boolean =>
  extensions.some(({ schema }) => schema.id === name);

const qualify = (urn: string, value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [`${urn}:${key}`, item]));

function namesAttribute(name: string, value: unknown, { type, enabled }: PatchContext): boolean {
  const isFlat = /[.:[]/.test(name);
  if (isFlat && !enabled.has("flatKeys")) return false;
  const path = resolvePath(type, name, enabled);
  if (!path || path.attribute.name === "schemas") return false;
  // An object under an unknown URN is an extension of its own, not an attribute of one.
  return !(path.attribute.undeclared && isObject(value));
}

function normalizeSingle(operation: LooseOperation, context: PatchContext): LooseOperation[] {
  const { path: text, value, op } = operation;
  if (typeof text !== "string" || text === "") return [operation];
  const name = repairName(context.type, text.trim(), context.enabled);
  const path = resolvePath(context.type, name, context.enabled);
  if (!path) return leaveUnlisted({ ...operation, path: name }, context);
  if (isOwnReadOnly(path, value, context)) return [];
  const printed = printPath(path);
  if (op === "remove") return removeListed({ op, path: printed, value }, path, context.enabled);
  if (!("value" in operation)) return [{ op, path: printed }];
  const normal = normalizeValue(path, value, context.enabled);
  return clearEmpty({ op, path: printed, value: normal }, path, context.enabled);
}

/** R32: a custom attribute under the core URN goes without path, where what is unknown is left out and told. */
function leaveUnlisted(
  operation: LooseOperation,
  { type, enabled }: PatchContext,
): LooseOperation[] {
  const prefix = `${type.schema.id}:`.toLowerCase();
  const { op, path, value } = operation;
  if (typeof path !== "string" || !path.toLowerCase().startsWith(prefix)) return [operation];
  const name = path.slice(prefix.length);
  if (!/^[A-Za-z][\w-]*$/.test(name) || !enabled.has("unlistedCoreAttributes")) return [operation];
  return op === "remove" ? [] : [{ op, value: { [name]: value } }];
}

/** R71, §6: an id that is the resource's own, and what the server alone writes. */
function isOwnReadOnly(
  { attribute }: AttributePath,
  value: unknown,
  { enabled, id }: PatchContext,
): boolean {
  if (attribute.mutability !== "readOnly" || !enabled.has("readOnlyInValue")) return false;
  return attribute.name === "id" ? id !== undefined && value === id : true;
}

/** §3.5: replace by empty text is remove; add of it is nothing. What is required is left for SCIM to refuse. */
function clearEmpty(
  operation: LooseOperation,
  path: AttributePath,
  enabled: EnabledQuirks,
): LooseOperation[] {
  const { op, value } = operation;
  if (!enabled.has("emptyClears")) return [operation];
  if (isObject(value)) return [{ ...operation, value: clearParts(value, path) }];
  if (value !== "" && value !== null) return [operation];
  if (path.subAttribute?.required ?? path.attribute.required) return [operation];
  return op === "replace"
    ? [{ op: "remove", path: operation.path }]
    : op === "add"
      ? []
      : [operation];
}

const clearParts = (
  value: Record<string, unknown>,
  { attribute }: AttributePath,
): Record<string, unknown> =>
  attribute.undeclared
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, part === "" ? null : part]),
      );
