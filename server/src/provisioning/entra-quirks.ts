import {
  findSchema,
  parseFilter,
  type PatchOptions,
  printFilter,
  type ResourceType,
  ScimError,
} from "@muster/scim";
import { defaultQuirks, type EnabledQuirks } from "./entra-quirks/catalogue.ts";
export { claimsOfIssuer } from "./entra-quirks/assertions.ts";
import { repairName, resolvePath } from "./entra-quirks/names.ts";
import { type LooseOperation, normalizeOperation } from "./entra-quirks/operations.ts";
import { isObject, normalizeValue } from "./entra-quirks/values.ts";

/*
 * What identity providers send, rewritten into what the RFCs say, before anything else sees it. Microsoft Entra ID above
 * all, whose dialect is no peer's; nothing outside this file and its folder may know of it.
 */
export {
  defaultQuirks,
  type EnabledQuirks,
  type QuirkKey,
  quirks,
} from "./entra-quirks/catalogue.ts";

interface NormalizeOptions {
  /** The id of the resource that the request is about. */
  readonly id?: string;
  readonly enabled?: EnabledQuirks;
}

/** Rewrites the body of a PATCH. What is not understood stays, for SCIM to refuse. */
export function normalizePatch(
  body: unknown,
  type: ResourceType,
  { id, enabled = defaultQuirks }: NormalizeOptions = {},
): unknown {
  if (!isObject(body)) return body;
  const key = Object.keys(body).find((name) => name.toLowerCase() === "operations");
  const operations = key === undefined ? undefined : body[key];
  if (key === undefined || !Array.isArray(operations)) return body;
  const normal = operations.flatMap((operation: unknown) =>
    isObject(operation)
      ? normalizeOperation(lowerKeys(operation), { type, enabled, id })
      : [operation],
  );
  return { ...body, [key]: normal };
}

/** Rewrites the body of a POST or PUT. */
export function normalizeResource(
  body: unknown,
  type: ResourceType,
  { enabled = defaultQuirks }: NormalizeOptions = {},
): unknown {
  if (!isObject(body)) return body;
  const members = Object.entries(body).flatMap(([key, value]): [string, unknown][] => {
    const repaired = repairName(type, key, enabled);
    const name = repaired !== key && Object.hasOwn(body, repaired) ? key : repaired;
    const extension = findSchema(type, name);
    if (!extension?.isExtension || !isObject(value)) {
      return [[name, normalizeMember(type, name, value, enabled)]];
    }
    const { id } = extension.schema;
    const inner = Object.entries(value).map(([part, item]): [string, unknown] => [
      part,
      normalizeMember(type, `${id}:${part}`, item, enabled),
    ]);
    return [[id, Object.fromEntries(inner)]];
  });
  return Object.fromEntries(members);
}

/** Rewrites a filter. One that cannot be read comes back as it was, for SCIM to refuse. */
export function normalizeFilter(
  text: string,
  type: ResourceType,
  { enabled = defaultQuirks }: NormalizeOptions = {},
): string {
  if (!MAYBE_LOOSE.test(text)) return text;
  try {
    const filter = parseFilter(text, type, {
      acceptUnquoted: enabled.has("unquotedFilters"),
      coerceStrings: enabled.has("textBooleans"),
    });
    return printFilter(filter);
  } catch (error) {
    if (error instanceof ScimError) return text;
    throw error;
  }
}

/** An operator without a quote behind it, or a boolean or number in quotes. */
const MAYBE_LOOSE = /\b(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+[^"\s]|"(?:true|false|-?\d[\d.]*)"/i;

/** How the PATCH engine is to treat value filters that match nothing. */
export function patchOptionsFor(enabled: EnabledQuirks): PatchOptions {
  return {
    onNoTarget: enabled.has("createOnNoMatch") ? "create" : "fail",
    onNothingToRemove: enabled.has("removeWithoutMatch") ? "ignore" : "fail",
  };
}

function normalizeMember(
  type: ResourceType,
  name: string,
  value: unknown,
  enabled: EnabledQuirks,
): unknown {
  const path = resolvePath(type, name, enabled);
  return path ? normalizeValue(path, value, enabled) : value;
}

const lowerKeys = (operation: Record<string, unknown>): LooseOperation =>
  Object.fromEntries(Object.entries(operation).map(([key, value]) => [key.toLowerCase(), value]));
