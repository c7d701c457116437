import { isObject, isUnassigned, readKey } from "../json/object.ts";
import { parsePath } from "../filter/parse-filter.ts";
import { printable } from "../json/printable.ts";
import { type ScimError, scimErrors } from "../messages/error.ts";
import { copyAsSent } from "../resource/copy-as-sent.ts";
import { parseElement, parseValue } from "../resource/parse-value.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import { undeclaredAttribute } from "../schema/build.ts";
import { type AttributePath, findAttribute, isUnknown } from "../schema/find-attribute.ts";
import { findSchema } from "../schema/index-attributes.ts";
import { printPath } from "../filter/print-filter.ts";
import { PATCH_OP } from "../urns.ts";
import type { PatchOperation, PatchReading, PatchVerb } from "./operation.ts";
import { takeApart } from "./take-apart.ts";

const MAX_OPERATIONS = 10_000;

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2) into operations on single attributes: paths resolved, values checked,
 * path-less values taken apart. No operations is a change of nothing. Throws invalidSyntax, invalidPath, invalidValue,
 * mutability and noTarget.
 */
export function parsePatch(
  body: unknown,
  type: ResourceType,
  options: PatchReading = {},
): PatchOperation[] {
  return readOperations(body).flatMap((operation, index) =>
    parseOperation(operation, type, options, `Operations[${index}]`),
  );
}

function readOperations(body: unknown): readonly unknown[] {
  if (!isObject(body)) throw scimErrors.invalidSyntax("A PATCH must be a JSON object.");
  const schemas = readKey(body, "schemas");
  const isPatch =
    schemas === undefined ||
    (Array.isArray(schemas) &&
      schemas.some(
        (urn) => typeof urn === "string" && urn.toLowerCase() === PATCH_OP.toLowerCase(),
      ));
  if (!isPatch) throw scimErrors.invalidSyntax(`The schemas of a PATCH must contain ${PATCH_OP}.`);
  const operations = readKey(body, "Operations");
  if (!Array.isArray(operations))
    throw scimErrors.invalidSyntax("A PATCH must list its Operations.");
  if (operations.length > MAX_OPERATIONS) {
    throw scimErrors.invalidSyntax(`A PATCH may have ${MAX_OPERATIONS} operations at most.`);
  }
  return operations;
}

function parseOperation(
  operation: unknown,
  type: ResourceType,
  options: PatchReading,
  at: string,
): PatchOperation[] {
  if (!isObject(operation)) throw scimErrors.invalidSyntax(`${at} must be a JSON object.`);
  const op = readVerb(readKey(operation, "op"), at);
  const path = readKey(operation, "path");
  const value = readKey(operation, "value");
  if (!isUnassigned(path) && typeof path !== "string") {
    throw scimErrors.invalidPath(`${at}.path must be a string.`);
  }
  if (op !== "remove" && value === undefined) {
    throw scimErrors.invalidValue(`${at} (${op}) lacks the value.`);
  }
  if (op === "remove" && value !== undefined) {
    throw scimErrors.invalidValue(`${at} (remove) has a value; name what to remove in the path.`);
  }
  if (typeof path === "string" && path.trim() !== "") {
    const schema = findSchema(type, path.trim());
    if (!schema) return parseAddressed(op, path.trim(), value, { type, options });
    return takeApart(type, op, { [schema.schema.id]: value }).flatMap((part) =>
      parsePart(op, part),
    );
  }
  if (op === "remove")
    throw scimErrors.noTarget(`${at} (remove) lacks the path of what to remove.`);
  if (!isObject(value)) {
    throw scimErrors.invalidValue(
      `${at} (${op}) has no path, so its value must be an object of attributes.`,
    );
  }
  return takeApart(type, op, value).flatMap((part) => parsePart(op, part));
}

function parseAddressed(
  op: PatchVerb,
  text: string,
  value: unknown,
  { type, options }: { type: ResourceType; options: PatchReading },
): PatchOperation[] {
  const unknown = options.onUnknownPath === "ignore" ? unknownName(type, text) : undefined;
  if (unknown === undefined) return parseTarget(op, parsePath(text, type, options), value);
  const path: AttributePath = {
    schema: type.schema.id,
    isExtension: false,
    attribute: undeclaredAttribute(unknown),
  };
  return [{ op, path, ignored: [printable(unknown)], isPathIgnored: true }];
}

/** The name that a path starts with, if it is one that no schema has. */
function unknownName(type: ResourceType, path: string): string | undefined {
  const [, name] = /^([A-Za-z$][^\s()[\]"]*)(?:$|\[)/.exec(path) ?? [];
  return name !== undefined && findAttribute(type, name) === undefined ? name : undefined;
}

const parsePart = (
  op: PatchVerb,
  part: { path: AttributePath; value: unknown },
): PatchOperation[] => parseTarget(op, part.path, part.value);

function readVerb(op: unknown, at: string): PatchVerb {
  if (op === "add" || op === "remove" || op === "replace") return op;
  throw scimErrors.invalidSyntax(`${at}.op must be add, remove or replace.`);
}

/** RFC 7643 §2.5: replacing by null or an empty list is removing; adding it is nothing. */
function parseTarget(op: PatchVerb, path: AttributePath, value: unknown): PatchOperation[] {
  if (isUnknown(path))
    return isUnassigned(value) ? [] : [leaveOut(op, path, [path.attribute.name])];
  requireWritable(path);
  if (op !== "remove" && isUnassigned(value)) {
    if (op === "add") return [];
    requireOptional(path, scimErrors.invalidValue);
    return [{ op: "remove", path }];
  }
  if (op === "remove") {
    requireOptional(path, scimErrors.mutability);
    return [{ op, path }];
  }
  return parseWrite(op, path, value);
}

function parseWrite(op: "add" | "replace", path: AttributePath, value: unknown): PatchOperation[] {
  const ignored: string[] = [];
  const parsed = parseTargetValue(path, value, ignored);
  if (parsed === undefined) return writeNothing(op, path, value, ignored);
  if (isRequired(path) && typeof parsed === "string" && parsed.trim() === "") {
    throw scimErrors.invalidValue(`${printPath(path)} is required and must not be empty.`);
  }
  return [
    { op, path, value: parsed, ...(ignored.length > 0 && { ignored: ignored.map(printable) }) },
  ];
}

/** Nothing of the value is left: a list of nothings empties the attribute, all else changes nothing but may need telling. */
function writeNothing(
  op: "add" | "replace",
  path: AttributePath,
  value: unknown,
  ignored: string[],
): PatchOperation[] {
  if (ignored.length > 0) return [leaveOut(op, path, ignored)];
  return op === "replace" && Array.isArray(value) ? [{ op: "remove", path }] : [];
}

const leaveOut = (op: PatchVerb, path: AttributePath, ignored: string[]): PatchOperation => ({
  op,
  path: { ...path, isExtension: false, attribute: undeclaredAttribute(path.attribute.name) },
  ignored: ignored.map(printable),
});

function parseTargetValue(path: AttributePath, value: unknown, ignored: string[]): unknown {
  const at = printPath(path);
  const { attribute, subAttribute, filter } = path;
  if (attribute.undeclared) return copyAsSent(value, at, ignored);
  if (subAttribute) return parseValue(subAttribute, value, at, ignored);
  if (filter) return parseElement(attribute, value, at, ignored);
  if (attribute.type === "complex" && !attribute.multiValued) {
    return parseParts(attribute, value, at, ignored);
  }
  return parseValue(attribute, value, at, ignored);
}

/** A complex value is merged in; its null parts stay, because they take a part away. */
function parseParts(attribute: Attribute, value: unknown, at: string, ignored: string[]): unknown {
  const parsed = parseValue(attribute, value, at, ignored);
  if (!isObject(value) || !Object.values(value).some(isUnassigned)) return parsed;
  const cleared = (attribute.subAttributes ?? []).filter(
    (sub) =>
      sub.mutability !== "readOnly" &&
      Object.keys(value).some(
        (key) => key.toLowerCase() === sub.name.toLowerCase() && isUnassigned(value[key]),
      ),
  );
  if (cleared.length === 0) return parsed;
  return {
    ...(isObject(parsed) ? parsed : {}),
    ...Object.fromEntries(cleared.map(({ name }) => [name, null])),
  };
}

const isRequired = ({ attribute, subAttribute, filter }: AttributePath): boolean =>
  !filter && (subAttribute?.required ?? attribute.required);

function requireOptional(path: AttributePath, refuse: (detail: string) => ScimError): void {
  if (isRequired(path)) throw refuse(`${printPath(path)} is required and cannot be removed.`);
}

function requireWritable(path: AttributePath): void {
  if (path.attribute.mutability === "readOnly" || path.subAttribute?.mutability === "readOnly") {
    throw scimErrors.mutability(`${printPath(path)} is read-only.`);
  }
}
