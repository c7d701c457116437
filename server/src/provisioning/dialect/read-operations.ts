import { parsePatch, type PatchOperation, type ResourceType } from "@muster/scim";
import { normalizePatch } from "../entra-quirks.ts";
import type { Dialect } from "./dialect.ts";
import { refuseIgnored, refuseUnknownOperations } from "./refuse-unknown.ts";

type Sent = {
  /** Of the resource that is changed. */
  readonly id: string;
  readonly body: unknown;
};

/**
 * The operations of a PATCH as a connection speaks it.
 * @throws ScimError 400 for what cannot be read, and what the connection refuses
 */
export const readOperations = (
  dialect: Dialect,
  type: ResourceType,
  { id, body }: Sent,
): readonly PatchOperation[] => {
  const { on, quirks: enabled } = dialect;
  const operations = parsePatch(normalizePatch(body, type, { id, enabled }), type, {
    onUnknownPath: on.has("ignoreUnknownPaths") ? "ignore" : "fail",
  });
  refuseIgnored(
    dialect,
    operations.flatMap(({ ignored = [], isPathIgnored }) => (isPathIgnored ? [] : ignored)),
  );
  refuseUnknownOperations(dialect, operations);
  return operations;
};
