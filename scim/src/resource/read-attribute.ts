import { isObject, type JsonObject, readOwn } from "../json/object.ts";
import type { AttributePath } from "../schema/find-attribute.ts";

/** Reads the whole attribute that a path names, from the core or from its extension object. */
export function readAttribute(resource: JsonObject, path: AttributePath): unknown {
  const { attribute } = path;
  const holder = path.isExtension ? readOwn(resource, findKey(resource, path.schema)) : resource;
  if (!isObject(holder)) return undefined;
  return readOwn(holder, attribute.undeclared ? findKey(holder, attribute.name) : attribute.name);
}

/** The key that is there in another letter case, else the name itself. Only undeclared names need it: the others are canonical. */
export function findKey(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const folded = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === folded) ?? name;
}
