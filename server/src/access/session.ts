import { unauthorized } from "#http";
import type { Cause } from "#ledger";
import { newId, type OrgId, type Scope } from "#tenancy";
import type { FastifyRequest } from "fastify";
import type { Role } from "./store/roles.ts";

/** Who is asking, and what they may do. */
export type Session = {
  readonly orgId: OrgId;
  readonly accountId: string;
  readonly accountName: string;
  readonly tenantId: string;
  /** Of the super tenant, which sees every tenant. */
  readonly isSuper: boolean;
  readonly role: Pick<Role, "id" | "key" | "name">;
  readonly permissions: ReadonlySet<string>;
  /** Whether a role may do no more than this one, so that it may be given, taken away and edited. */
  readonly mayGrant: (role: Role) => boolean;
  /** The limits of the role, where it has any. */
  readonly scope: Scope;
  readonly sessionHash: Buffer;
};

declare module "fastify" {
  interface FastifyRequest {
    /** Filled on routes that are not public. */
    session: Session | null;
  }
}

/** @throws HttpError 401 when nobody is signed in */
export const sessionOf = (request: FastifyRequest): Session => {
  if (request.session === null)
    throw unauthorized("You are not signed in", "Sign in, then try again.");
  return request.session;
};

/** The ledger's cause of what a signed-in person does, a deed with all its effects: "Dana Reyes locked the role". */
export const administratorCause = (session: Session, sentence: string): Cause => ({
  kind: "administrator",
  id: newId(),
  sentence,
  actor: { id: session.accountId, name: session.accountName },
});
