import { randomBytes } from "node:crypto";
import type { Conversation } from "./conversation.ts";
import { CheckFailure, expectId, expectStatus } from "./conversation.ts";

/** One conformance check; the id is the one of its published list. */
export type Check = {
  readonly id: string;
  readonly suite: "users" | "groups" | "previews" | "gallery kit" | "Okta SPEC";
  readonly title: string;
  /** Throws CheckFailure. */
  readonly run: (conversation: Conversation, cleanUp: CleanUp) => Promise<void>;
};

/** Takes the path of something a check made, to be deleted after it. */
export type CleanUp = (path: string) => void;

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** A short text that occurs nowhere else. */
export function makeNonce(): string {
  return randomBytes(6).toString("hex");
}

/** The least user: a name nobody else has, and what a check adds. */
export function draftUser(
  more: Record<string, unknown> = {},
): Record<string, unknown> & { userName: string } {
  return {
    schemas: [userSchema, enterpriseSchema],
    userName: `check.${makeNonce()}@contoso.test`,
    active: true,
    ...more,
  };
}

/** The least group. */
export function draftGroup(
  more: Record<string, unknown> = {},
): Record<string, unknown> & { displayName: string } {
  return {
    schemas: [groupSchema],
    displayName: `Check ${makeNonce()}`,
    externalId: makeNonce(),
    ...more,
  };
}

/** Creates a resource for a check and gives its path. Fails the check when it cannot. */
export async function createFor(
  conversation: Conversation,
  cleanUp: CleanUp,
  kind: "Users" | "Groups",
  body: unknown,
): Promise<string> {
  const reply = await conversation.post(`/${kind}`, body);
  const path = `/${kind}/${expectId(expectStatus(reply, 200, 201))}`;
  cleanUp(path);
  return path;
}

/** Gives the id at the end of a resource's path. */
export function idOf(path: string): string {
  const id = path.split("/").at(-1);
  if (id === undefined) throw new CheckFailure(`${path} has no id`);
  return id;
}
