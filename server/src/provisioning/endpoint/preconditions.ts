import { scimErrors } from "@muster/scim";
import type { StoredResource } from "../resources/meta.ts";
import type { Answer } from "./call.ts";

/** What a request wants the version of its resource to be (RFC 7644 §3.14), as its headers say it. */
export type Preconditions = {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
};

/** @throws ScimError 412 when the client asked for another version than there is; who asks for none gets any */
export const requireVersion = ({ ifMatch }: Preconditions, version: number): void => {
  if (ifMatch !== undefined && !names(ifMatch, version))
    throw scimErrors.preconditionFailed(
      `The resource is at version W/"${version}" by now, and If-Match asks for ${ifMatch}. Read it again, then repeat the change.`,
    );
};

/** Whether the client has this version already, so that it need not be sent. */
export const isKnown = ({ ifNoneMatch }: Preconditions, version: number): boolean =>
  ifNoneMatch !== undefined && names(ifNoneMatch, version);

/** The answer to a client that has this version already. */
export const notModified = (
  type: "User" | "Group",
  { id, version, document }: StoredResource,
): Answer => {
  const { displayName, userName } = document as Record<string, unknown>;
  const name = String(displayName ?? userName);
  return {
    status: 304,
    headers: { etag: `W/"${version}"` },
    outcome: "read",
    resource: { type, id, name },
    summary: `Read ${name}, which has not changed`,
  };
};

/** Compares weakly (RFC 9110 §8.8.3.2): our versions are weak, and clients differ in whether they write that. */
const names = (tags: string, version: number): boolean =>
  tags
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//i, ""))
    .some((tag) => tag === "*" || tag === `"${version}"`);
