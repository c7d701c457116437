import { isJson } from "./json.ts";
import type { Json } from "./json.ts";
import { coreGroup, coreUser } from "./urns.ts";

/** Where a mapping row writes: `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department`. */
export type TargetPath = {
  readonly text: string;
  /** The extension's URN; absent for core attributes. */
  readonly schema?: string;
  readonly attribute: string;
  readonly filter?: { readonly attribute: string; readonly value: string };
  readonly sub?: string;
};

/** Thrown when a mapping names a target that is no SCIM attribute path. */
export class TargetPathError extends Error {
  override readonly name = "TargetPathError";
}

const localPath = /^([A-Za-z$][\w$-]*)(?:\[([\w.]+) eq "?([^"\]]*)"?\])?(?:\.(\w+))?$/;

/** Reads a target path. The attribute of a URN path stands after the URN's last colon. Throws TargetPathError. */
export function parseTargetPath(text: string): TargetPath {
  const beforeFilter = text.includes("[") ? text.slice(0, text.indexOf("[")) : text;
  const colon = text.toLowerCase().startsWith("urn:") ? beforeFilter.lastIndexOf(":") : -1;
  const schema = text.slice(0, Math.max(colon, 0));
  const match = localPath.exec(text.slice(colon + 1));
  if (match === null) throw new TargetPathError(`"${text}" is not a SCIM attribute path.`);
  const [, attribute = "", filterAttribute, filterValue, sub] = match;
  const isExtension = schema !== "" && schema !== coreUser && schema !== coreGroup;
  return {
    text,
    ...(isExtension ? { schema } : {}),
    attribute,
    ...(filterAttribute === undefined
      ? {}
      : { filter: { attribute: filterAttribute, value: filterValue ?? "" } }),
    ...(sub === undefined ? {} : { sub }),
  };
}

/** Gives what stands at a path of a resource; undefined when there is nothing (null and "" included). */
export function readTarget(resource: Json, path: TargetPath): unknown {
  const container = path.schema === undefined ? resource : resource[path.schema];
  if (!isJson(container)) return undefined;
  const found =
    path.filter === undefined ? container[path.attribute] : findElement(container, path);
  const value =
    path.sub !== undefined && isJson(found) ? found[path.sub] : unwrapReference(found, path);
  return value === null || value === "" ? undefined : value;
}

/** Sets a value in a resource under construction, making the objects and elements on the way. */
export function writeTarget(resource: Json, path: TargetPath, value: unknown): void {
  const container = path.schema === undefined ? resource : openObject(resource, path.schema);
  if (path.filter === undefined) {
    if (path.sub === undefined) container[path.attribute] = value;
    else openObject(container, path.attribute)[path.sub] = value;
    return;
  }
  const element = findElement(container, path) ?? addElement(container, path);
  element[path.sub ?? "value"] = value;
}

function findElement(container: Json, path: TargetPath): Json | undefined {
  const { filter } = path;
  const elements = container[path.attribute];
  if (filter === undefined || !Array.isArray(elements)) return undefined;
  return elements
    .filter(isJson)
    .find((element) => matches(element[filter.attribute], filter.value));
}

/** `roles[primary eq "True"]` compares the text "True" with a boolean (§3.6). */
function matches(value: unknown, wanted: string): boolean {
  if (typeof value === "boolean") return String(value) === wanted.toLowerCase();
  return value === wanted;
}

function addElement(container: Json, path: TargetPath): Json {
  const { filter } = path;
  const elements = (container[path.attribute] ??= []) as Json[];
  const element: Json = {};
  if (filter?.attribute === "type") {
    // The work mail and the work phone are primary, everything else is not (§3.2).
    element["primary"] = filter.value === "work" && path.attribute !== "addresses";
    element["type"] = filter.value;
  } else if (filter !== undefined) {
    element[filter.attribute] = /^(true|false)$/i.test(filter.value)
      ? filter.value.toLowerCase() === "true"
      : filter.value;
  }
  elements.push(element);
  return element;
}

function openObject(container: Json, attribute: string): Json {
  const existing = container[attribute];
  if (isJson(existing)) return existing;
  const created: Json = {};
  container[attribute] = created;
  return created;
}

/** A manager is held as `{ value }` and compared by that. */
function unwrapReference(found: unknown, path: TargetPath): unknown {
  return path.sub === undefined && isJson(found) && "value" in found ? found["value"] : found;
}
