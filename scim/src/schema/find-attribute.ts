import type { Filter } from "../filter/filter.ts";
import type { Attribute, ResourceType } from "./attribute.ts";
import { undeclaredAttribute } from "./build.ts";
import { findSubAttribute, indexOf, lookUp } from "./index-attributes.ts";

/** Where in a resource something is: which schema, which attribute, which elements, which sub-attribute. */
export interface AttributePath {
  /** The URN of the schema that the attribute belongs to; the core URN for common attributes. */
  readonly schema: string;
  readonly isExtension: boolean;
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
  /** Of a value path: which elements. Its own paths start at the element. */
  readonly filter?: Filter;
}

interface SchemaAndName {
  readonly urn: string | undefined;
  readonly name: string;
}

const ATTRIBUTE_NAME = /^[A-Za-z$][\w$-]*$/;

/** Splits `urn:…:User:name.givenName` at the longest known URN, else at the last colon; never at the dot of "2.0" (R11). */
function splitSchema(type: ResourceType, path: string): SchemaAndName {
  if (!path.includes(":")) return { urn: undefined, name: path };
  const folded = path.toLowerCase();
  for (const { foldedUrn, schema } of indexOf(type).byLength) {
    if (folded.startsWith(foldedUrn) && path[foldedUrn.length] === ":") {
      return { urn: schema.id, name: path.slice(foldedUrn.length + 1) };
    }
  }
  const colon = path.lastIndexOf(":");
  return { urn: path.slice(0, colon), name: path.slice(colon + 1) };
}

/**
 * Resolves an attribute name such as `name.givenName`, `manager` or `urn:…:User:manager.value`.
 * Takes any letter case, strips the core URN, and looks unqualified names up in the core schema first
 * and then in the extensions (RFC 7644 §3.10). A name under an extension URN that no schema of the
 * type has, or that an open one does not declare, resolves to an undeclared attribute. Gives undefined for what does not exist.
 */
export function findAttribute(type: ResourceType, path: string): AttributePath | undefined {
  const { found } = indexOf(type);
  const known = found.get(path);
  if (known !== undefined) return known;
  const resolved = resolve(type, path);
  if (resolved !== undefined && isDeclared(resolved)) {
    // In its own spelling only: of others, and of names that nobody declared, there are as many as a client likes.
    const name = nameOf(resolved);
    if (name === path) found.set(name, resolved);
  }
  return resolved;
}

const isDeclared = ({ attribute, subAttribute }: AttributePath): boolean =>
  attribute.undeclared !== true && subAttribute?.undeclared !== true;

const nameOf = ({ schema, isExtension, attribute, subAttribute }: AttributePath): string =>
  `${isExtension ? `${schema}:` : ""}${attribute.name}${subAttribute ? `.${subAttribute.name}` : ""}`;

function resolve(type: ResourceType, path: string): AttributePath | undefined {
  const { urn, name } = splitSchema(type, path);
  const dot = name.indexOf(".");
  const attributeName = dot < 0 ? name : name.slice(0, dot);
  const found = findInSchemas(type, urn, attributeName);
  if (!found || dot < 0) return found;
  const subName = name.slice(dot + 1);
  if (found.attribute.undeclared) {
    return ATTRIBUTE_NAME.test(subName)
      ? { ...found, subAttribute: undeclaredAttribute(subName) }
      : undefined;
  }
  const subAttribute = findSubAttribute(found.attribute, subName);
  return subAttribute && { ...found, subAttribute };
}

function findInSchemas(
  type: ResourceType,
  urn: string | undefined,
  name: string,
): AttributePath | undefined {
  const { core, extensions } = indexOf(type);
  let isClosed = false;
  for (const entry of [core, ...extensions]) {
    if (urn !== undefined && entry.schema.id !== urn) continue;
    isClosed = entry.schema.open !== true;
    const attribute = lookUp(entry.attributes, name);
    if (attribute) return { schema: entry.schema.id, isExtension: entry.isExtension, attribute };
  }
  if (isClosed || urn === undefined || !isExtensionUrn(urn) || !ATTRIBUTE_NAME.test(name))
    return undefined;
  return { schema: urn, isExtension: true, attribute: undeclaredAttribute(name) };
}

/** True for a URN (RFC 8141) that can name an extension (RFC 7643 §10.2.1). */
export function isExtensionUrn(text: string): boolean {
  return /^urn:[a-z0-9][a-z0-9-]{0,31}:[\w+,.:=@;$!*'%/?#~&-]{1,500}$/i.test(text);
}

/** True for a path to something that is in no schema and under no extension URN: it is left out, and told. */
export function isUnknown({ attribute, isExtension }: AttributePath): boolean {
  return attribute.undeclared === true && !isExtension;
}
