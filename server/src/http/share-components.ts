export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const marker = "x-component";

/** Keeps the `$id` of every schema in a route's schemas where @fastify/swagger does not remove it. Pure. */
export const markComponents = <Schema>(schema: Schema): Schema => {
  if (Array.isArray(schema)) return schema.map(markComponents) as Schema;
  if (schema === null || typeof schema !== "object") return schema;
  const marked = Object.entries(schema).map(([key, part]) =>
    key === "$id" ? [marker, part] : [key, markComponents(part)],
  );
  return Object.fromEntries(marked) as Schema;
};

/**
 * Moves every marked schema out of an OpenAPI document's operations to its components, where generators of clients
 * look for names; a reference stays. Pure.
 * @throws Error when two different schemas have one `$id`
 */
export const shareComponents = (document: Json): Json => {
  const schemas = new Map<string, Json>();
  const share = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(share);
    if (value === null || typeof value !== "object") return value;
    const { [marker]: name, ...rest } = value;
    const shared = Object.fromEntries(
      Object.entries(rest).map(([key, part]) => [key, share(part)]),
    );
    if (typeof name !== "string") return shared;
    const known = schemas.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shared))
      throw new Error(`Two different schemas have the $id "${name}".`);
    schemas.set(name, shared);
    return { $ref: `#/components/schemas/${name}` };
  };
  const { components, ...rest } = share(document) as { [key: string]: Json };
  const byName = [...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...rest,
    components: { ...(components as object), schemas: Object.fromEntries(byName) },
  };
};
