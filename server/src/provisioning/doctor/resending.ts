import { createHash } from "node:crypto";
import type { ScimBody } from "../endpoint/body.ts";
import { redactBody } from "../log/redact.ts";
import type { Resending } from "./store.ts";

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly body: ScimBody | undefined;
  readonly connectionId: string;
};

const mostPaths = 10;

/** A change of one resource that changed nothing, for the count of those that come again and again. */
export const resendingOf = (
  { method, path, body, connectionId }: Sent,
  { entryId, isRefused }: Pick<Resending, "entryId" | "isRefused">,
): Resending | undefined => {
  const [, kind, id] =
    /^\/+(users|groups)\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/i.exec(path) ?? [];
  if (!["PATCH", "PUT"].includes(method) || body === undefined || id === undefined)
    return undefined;
  return {
    connectionId,
    resourceId: id.toLowerCase(),
    resourceType: kind?.toLowerCase() === "users" ? "User" : "Group",
    fingerprint: createHash("sha256").update(redactBody(body)).digest("hex"),
    at: new Date(),
    entryId,
    paths: pathsIn(body.value),
    isRefused,
  };
};

/** What a PATCH names; nothing for a PUT, which sends everything. */
const pathsIn = (body: unknown): string[] => {
  const operations = (body as { Operations?: unknown } | null)?.Operations;
  if (!Array.isArray(operations)) return [];
  const paths = operations.flatMap((operation: unknown) => {
    const { path, value } = (operation ?? {}) as { path?: unknown; value?: unknown };
    if (typeof path === "string") return [path];
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  });
  return [...new Set(paths)]
    .slice(0, mostPaths)
    .map((path) => path.slice(0, 200).replaceAll("\0", "").toWellFormed());
};
