import { scimErrors } from "@muster/scim";
import type { Cause } from "#ledger";
import type { RequestLimit } from "../admission/request-limit.ts";
import { toRequestLimit } from "../admission/store.ts";
import type { Credentials } from "../connections/store.ts";
import type { SeenAttribute } from "../attributes/seen.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { SightingKind } from "../doctor/sightings.ts";
import type { Outcome } from "../log/store.ts";
import type { Preconditions } from "./preconditions.ts";

/** One authenticated SCIM request. */
export type Call = {
  /** Also the id of its provisioning log entry, and so the cause of all it changes. */
  readonly id: string;
  readonly connection: { readonly id: string; readonly tenantId: string; readonly name: string };
  readonly dialect: Dialect;
  /** The endpoint's address: what resource locations start with. */
  readonly base: string;
  readonly cause: Cause;
  readonly preconditions: Preconditions;
};

/** What a request is answered, and what the provisioning log says of it. */
export type Answer = {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
  readonly resource?: {
    readonly type: "User" | "Group";
    readonly id: string;
    readonly name: string;
  };
  /** A sentence. */
  readonly summary: string;
  readonly ignored?: readonly string[];
  /** What it shows of the sender's configuration. */
  readonly seen?: readonly SightingKind[];
  /** What of the resource is under no definition, for the administrator to be offered. */
  readonly offered?: readonly SeenAttribute[];
};

export type Authenticated = {
  readonly connection: Call["connection"];
  /** Of the dialect that the connection speaks. */
  readonly dialectVersion: number;
  readonly tokenId: string;
  readonly limit: RequestLimit | undefined;
};

/**
 * The connection and token of a request, from what the database knows of them.
 * @throws ScimError 401 saying what is wrong with the token, in words for the administrator who pasted it
 */
export const authenticate = (credentials: Credentials | undefined): Authenticated => {
  if (credentials === undefined) throw unauthorized("There is no such connection.");
  const { tokenId, state } = credentials;
  if (tokenId === null) throw unauthorized("The token is not one of this connection's.");
  // RFC 6750 §3.1: a client asks for the next one by itself.
  if (state === "ended")
    throw scimErrors.unauthorized("The access token has expired. Get another from /oauth2/token.");
  if (state === "revoked") throw unauthorized("The token was revoked.");
  if (state === "expired") throw unauthorized("The token has expired.");
  const { id, tenantId, name, dialectVersion, perSecond, burst } = credentials;
  return {
    connection: { id, tenantId, name },
    dialectVersion,
    tokenId,
    limit: toRequestLimit(perSecond, burst),
  };
};

const unauthorized = (reason: string) =>
  scimErrors.unauthorized(
    `${reason} Make a token in Muster under Settings › Integrations › SCIM and paste it as Secret token.`,
  );

/** @throws ScimError 401 without a bearer token */
export const bearerToken = (authorization: string | undefined): string => {
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw unauthorized("There is no bearer token.");
  return token;
};
