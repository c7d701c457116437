import { scimErrors } from "@muster/scim";
import type { Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { RequestLimit } from "../admission/request-limit.ts";
import { toRequestLimit } from "../admission/store.ts";
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
};

export type Authenticated = {
  readonly connection: Call["connection"];
  /** Of the dialect that the connection speaks. */
  readonly dialectVersion: number;
  readonly tokenId: string;
  readonly limit: RequestLimit | undefined;
};

/**
 * The connection and token of a request, from the rows of `authenticationQuery`.
 * @throws ScimError 401 saying what is wrong with the token, in words for the administrator who pasted it
 */
export const authenticate = (opened: Transaction["opened"]): Authenticated => {
  const [row] = opened;
  if (row === undefined) throw unauthorized("There is no such connection.");
  if (row["tokenId"] === null) throw unauthorized("The token is not one of this connection's.");
  // RFC 6750 §3.1: a client asks for the next one by itself.
  if (row["state"] === "ended")
    throw scimErrors.unauthorized("The access token has expired. Get another from /oauth2/token.");
  if (row["state"] === "revoked") throw unauthorized("The token was revoked.");
  if (row["state"] === "expired") throw unauthorized("The token has expired.");
  const { id, tenantId, name, tokenId } = row as Record<string, string>;
  return {
    connection: { id: id!, tenantId: tenantId!, name: name! },
    dialectVersion: Number(row["dialectVersion"]),
    tokenId: tokenId!,
    limit: toRequestLimit(row["perSecond"], row["burst"]),
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
