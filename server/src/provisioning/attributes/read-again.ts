import { findSchema, parseResource, ScimError, type Resource } from "@muster/scim";
import type { Dialect } from "../dialect/dialect.ts";
import { normalizeResource } from "../entra-quirks.ts";

/**
 * A person's document as if what is under defined extensions were sent now: names as they are defined, values by their
 * types ("42" becomes 42). What does not fit its type stays as it was sent: it was accepted once.
 */
export const readAgain = (dialect: Dialect, document: Resource): Resource => {
  const members = Object.entries(document).map(([key, value]): [string, unknown] => {
    const schema = key.includes(":") ? findSchema(dialect.user, key)?.schema : undefined;
    const isTaken = schema !== undefined && schema.id !== key && Object.hasOwn(document, schema.id);
    return schema?.open !== true || isTaken || !isObject(value)
      ? [key, value]
      : [schema.id, readExtension(dialect, schema.id, value)];
  });
  const read = Object.fromEntries(members) as Resource;
  const renamed = (urn: string): string => findSchema(dialect.user, urn)?.schema.id ?? urn;
  return {
    ...read,
    schemas: document.schemas.map((urn) => (Object.hasOwn(read, urn) ? urn : renamed(urn))),
  };
};

const readExtension = (
  dialect: Dialect,
  urn: string,
  extension: Record<string, unknown>,
): Record<string, unknown> => {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(extension)) {
    const [key, fitting] = readAttribute(dialect, urn, [name, value]);
    const isTaken = key !== name && Object.hasOwn(extension, key);
    read[isTaken ? name : key] = isTaken ? value : fitting;
  }
  return read;
};

const readAttribute = (
  { user: type, quirks: enabled }: Dialect,
  urn: string,
  [name, value]: [string, unknown],
): [string, unknown] => {
  try {
    const alone = { schemas: [type.schema.id], userName: "somebody", [urn]: { [name]: value } };
    const { resource } = parseResource(type, normalizeResource(alone, type, { enabled }));
    const [read] = Object.entries((resource[urn] ?? {}) as Record<string, unknown>);
    return read ?? [name, value];
  } catch (error) {
    if (error instanceof ScimError) return [name, value];
    throw error;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
