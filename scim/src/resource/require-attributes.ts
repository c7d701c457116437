import { isObject, type JsonObject, readOwn } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";

const required = new WeakMap<ResourceType, readonly Requirement[]>();

interface Requirement {
  readonly extension: string | undefined;
  readonly attribute: Attribute;
}

/** Throws invalidValue when a required attribute is missing or blank (RFC 7643 §2.2, §4.1.1). */
export function requireAttributes(type: ResourceType, resource: JsonObject): void {
  for (const { extension, attribute } of requirementsOf(type)) {
    const holder = extension ? readOwn(resource, extension) : resource;
    if (!isObject(holder)) continue;
    const value = readOwn(holder, attribute.name);
    if (value === undefined || (typeof value === "string" && value.trim() === "")) {
      const name = extension ? `${extension}:${attribute.name}` : attribute.name;
      throw scimErrors.invalidValue(`${name} is required and must not be empty.`);
    }
  }
}

function requirementsOf(type: ResourceType): readonly Requirement[] {
  const known = required.get(type);
  if (known) return known;
  const listed = [
    { extension: undefined, attributes: type.schema.attributes },
    ...type.extensions.map(({ schema }) => ({
      extension: schema.id,
      attributes: schema.attributes,
    })),
  ].flatMap(({ extension, attributes }) =>
    attributes.filter((item) => item.required).map((attribute) => ({ extension, attribute })),
  );
  required.set(type, listed);
  return listed;
}
