export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Moves every schema with an `$id` out of an OpenAPI document's operations to its components, where generators of clients
 * look for names; a reference stays. Pure.
 * @throws Error when two different schemas have one `$id`
 */
export const shareComponents = (document: Json): Json => {
  const schemas = new Map<string, Json>();
  const share = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(share);
    if (value === null || typeof value !== "object") return value;
    const { $id, ...rest } = value;
    const shared = Object.fromEntries(
      Object.entries(rest).map(([key, part]) => [key, share(part)]),
    );
    if (typeof $id !== "string") return shared;
    const known = schemas.get($id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shared))
      throw new Error(`Two different schemas have the $id "${$id}".`);
    schemas.set($id, shared);
    return { $ref: `#/components/schemas/${$id}` };
  };
  const { components, ...rest } = share(document) as { [key: string]: Json };
  const byName = [...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...rest,
    components: { ...(components as object), schemas: Object.fromEntries(byName) },
  };
};
