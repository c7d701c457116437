import { createHash } from "node:crypto";
import { scimErrors } from "@muster/scim";
import { isId } from "#tenancy";
import type { End } from "./list.ts";

/** What a cursor is good for: it goes on with one list, and with no other. */
export type CursorList = readonly (string | undefined)[];

/**
 * A cursor (RFC 9865): where the last resource of a page stands, sealed with the list that it was a page of. It holds
 * no state on our side, so it does not expire, and goes on correctly when that resource is gone.
 */
export const writeCursor = ({ source, position: { id, key } }: End, list: CursorList): string =>
  Buffer.from(JSON.stringify([source, id, key, seal([source, id, key], list)])).toString(
    "base64url",
  );

/** @throws ScimError 400 invalidCursor when the cursor was not given out for this list */
export const readCursor = (text: string, list: CursorList): End | undefined => {
  if (text === "") return undefined;
  const [source, id, key] = partsOf(text);
  if (source !== undefined && id !== undefined && key !== undefined && isId(id)) {
    const end = { source, position: { id, key } };
    if (writeCursor(end, list) === text) return end;
  }
  throw scimErrors.invalidCursor(
    "The cursor was not given out for this query. Begin again with an empty cursor, and keep the filter and the order while you page.",
  );
};

const partsOf = (text: string): readonly string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === "string") ? parts : [];
  } catch {
    return [];
  }
};

/** Enough to tell a mistake from a cursor of ours; who forges one sees no more than their own connection. */
const seal = (end: readonly string[], list: CursorList): string =>
  createHash("sha256")
    .update(JSON.stringify([end, list.map((part) => part ?? null)]))
    .digest("base64url")
    .slice(0, 22);
