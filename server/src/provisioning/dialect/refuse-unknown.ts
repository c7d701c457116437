import {
  findSchema,
  scimErrors,
  type PatchOperation,
  type Resource,
  type ResourceType,
} from "@muster/scim";
import type { Dialect } from "./dialect.ts";

const shown = 20;

/**
 * Where ignoring is switched off.
 * @throws ScimError 400 invalidSyntax naming what no schema of the connection has
 */
export const refuseIgnored = ({ on }: Dialect, ignored: readonly string[]): void => {
  if (ignored.length === 0 || on.has("ignoreUnknownAttributes")) return;
  throw scimErrors.invalidSyntax(
    `No schema of this connection has ${listed(ignored)}. Take the mapping row away, define the attribute in Muster under Attributes, or let unknown attributes be ignored under Behaviour.`,
  );
};

/**
 * Where keeping is switched off.
 * @throws ScimError 400 invalidSyntax naming the extensions of a resource that the connection does not have
 */
export const refuseUnknownExtensions = (
  { on }: Dialect,
  type: ResourceType,
  resource: Resource,
): void => {
  if (on.has("keepUnknownExtensions")) return;
  refuseExtensions(
    Object.keys(resource).filter((key) => key.includes(":") && findSchema(type, key) === undefined),
  );
};

/** Likewise for what a PATCH adds; taking away is always allowed. */
export const refuseUnknownOperations = (
  { on }: Dialect,
  operations: readonly PatchOperation[],
): void => {
  if (on.has("keepUnknownExtensions")) return;
  refuseExtensions(
    operations.flatMap(({ op, path }) =>
      op !== "remove" && path.isExtension && path.attribute.undeclared === true
        ? [`${path.schema}:${path.attribute.name}`]
        : [],
    ),
  );
};

const refuseExtensions = (names: readonly string[]): void => {
  if (names.length === 0) return;
  throw scimErrors.invalidSyntax(
    `This connection does not have ${listed(names)}. Define its attributes in Muster under Attributes, or let unknown extensions be kept under Behaviour.`,
  );
};

const listed = (names: readonly string[]): string =>
  [...new Set(names)].slice(0, shown).join(", ") + (names.length > shown ? ", …" : "");
