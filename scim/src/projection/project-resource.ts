import { isEmptyObject, isObject, type JsonObject, readOwn } from "../json/object.ts";
import type { Resource } from "../resource/resource.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import { findAttribute } from "../schema/find-attribute.ts";
import {
  findSchema,
  findSubAttribute,
  indexOf,
  type IndexedSchema,
  lookUp,
} from "../schema/index-attributes.ts";

/** Which attributes a client wants, or does not (RFC 7644 §3.9). */
export interface ProjectionQuery {
  /** Names, in any case, with or without URN, such as `name.givenName`. */
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** What was named, by folded `schema:attribute` key: the whole of it, or some of its parts. */
type Named = Map<string, Set<string> | "whole">;

/**
 * What a client gets to see (RFC 7643 §7 `returned`, RFC 7644 §3.9): never is left out, always stays, request must be
 * named, default can be chosen with `attributes` and hidden with `excludedAttributes`. Unknown names are of no effect.
 */
export function projectResource(
  type: ResourceType,
  resource: Resource,
  query: ProjectionQuery = {},
): Resource {
  return planProjection(type, query)(resource);
}

/** The same for many resources: the names are resolved once. */
export function planProjection(
  type: ResourceType,
  { attributes, excludedAttributes }: ProjectionQuery = {},
): (resource: Resource) => Resource {
  const wanted = attributes && attributes.length > 0 ? collectNames(type, attributes) : undefined;
  const unwanted = collectNames(type, excludedAttributes ?? []);
  const { core } = indexOf(type);
  return (resource) => {
    const projected: Resource = { schemas: resource.schemas };
    for (const key of Object.keys(resource)) {
      const schema = key.includes(":")
        ? (findSchema(type, key) ?? undeclaredSchema(key))
        : undefined;
      const value = schema
        ? projectMembers(schema, readOwn(resource, key), wanted, unwanted)
        : projectValue(core, key, readOwn(resource, key), { wanted, unwanted });
      if (value !== undefined) projected[key] = value;
    }
    return projected;
  };
}

interface Names {
  readonly wanted: Named | undefined;
  readonly unwanted: Named;
}

const keyOf = (urn: string, attribute: string): string => `${urn}:${attribute}`.toLowerCase();

function collectNames(type: ResourceType, names: readonly string[]): Named {
  const named: Named = new Map();
  for (const name of names) {
    const path = findAttribute(type, name);
    if (path) {
      const key = keyOf(path.schema, path.attribute.name);
      const parts = named.get(key) ?? new Set<string>();
      if (!path.subAttribute || parts === "whole") named.set(key, "whole");
      else named.set(key, parts.add(path.subAttribute.name));
    }
    if (name.includes(":")) named.set(name.toLowerCase(), "whole");
  }
  return named;
}

const undeclaredSchema = (urn: string): IndexedSchema => ({
  schema: { id: urn, name: urn, description: "", attributes: [] },
  isExtension: true,
  foldedUrn: urn.toLowerCase(),
  attributes: new Map(),
});

function projectMembers(
  schema: IndexedSchema,
  value: unknown,
  wanted: Named | undefined,
  unwanted: Named,
): unknown {
  if (unwanted.has(schema.foldedUrn)) return undefined;
  if (!isObject(value)) return wanted ? undefined : value;
  const names = { wanted: wanted?.has(schema.foldedUrn) ? undefined : wanted, unwanted };
  const projected: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = projectValue(schema, key, readOwn(value, key), names);
    if (member !== undefined) projected[key] = member;
  }
  return isEmptyObject(projected) ? undefined : projected;
}

function projectValue(
  { schema, attributes }: IndexedSchema,
  name: string,
  value: unknown,
  { wanted, unwanted }: Names,
): unknown {
  const attribute = lookUp(attributes, name);
  const key = keyOf(schema.id, name);
  const asked = wanted?.get(key);
  const hidden = unwanted.get(key);
  if (attribute?.returned === "never") return undefined;
  if (attribute?.returned === "always") return value;
  if (hidden === "whole" || (!asked && (wanted || attribute?.returned === "request")))
    return undefined;
  if (!attribute?.subAttributes) return value;
  const keeps = (sub: Attribute): boolean =>
    keepsPart(sub, asked === "whole" ? undefined : asked, hidden);
  return isPlain(attribute) && !(asked && asked !== "whole") && !hidden
    ? value
    : projectParts(attribute, value, keeps);
}

const plain = new WeakMap<Attribute, boolean>();

/** True when all its parts are returned by default, so that the value can be given as it is. */
function isPlain(attribute: Attribute): boolean {
  const known = plain.get(attribute);
  if (known !== undefined) return known;
  const found = (attribute.subAttributes ?? []).every(
    ({ returned }) => returned === "default" || returned === "always",
  );
  plain.set(attribute, found);
  return found;
}

function keepsPart(
  { name, returned }: Attribute,
  asked: Set<string> | undefined,
  hidden: Set<string> | undefined,
): boolean {
  if (returned === "never") return false;
  if (returned === "always") return true;
  if (hidden?.has(name)) return false;
  return asked ? asked.has(name) : returned === "default";
}

function projectParts(
  attribute: Attribute,
  value: unknown,
  keeps: (sub: Attribute) => boolean,
): unknown {
  if (Array.isArray(value)) {
    const elements = value
      .map((element) => projectParts(attribute, element, keeps))
      .filter((element) => element !== undefined);
    return elements.length > 0 ? elements : undefined;
  }
  if (!isObject(value)) return value;
  const projected: JsonObject = {};
  for (const name of Object.keys(value)) {
    const sub = findSubAttribute(attribute, name);
    if (!sub || keeps(sub)) projected[name] = value[name];
  }
  return isEmptyObject(projected) ? undefined : projected;
}
