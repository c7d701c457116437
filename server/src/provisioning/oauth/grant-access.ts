import type { Transaction } from "#tenancy";
import { stateOfCredential } from "../connections/credential-state.ts";
import {
  findCredential,
  findSecret,
  insertAccessToken,
  pruneAccessTokens,
} from "../connections/store.ts";
import { hashToken, makeToken } from "../connections/tokens.ts";
import { invalidClient } from "./oauth-error.ts";

/** Seconds that an access token lives. */
export const accessTokenLifetime = 3600;

/** For so long it is remembered afterwards, so that a late request is told why it is refused. */
const remembered = 3600;

type Granted = { readonly token: string; readonly credentialId: string };

/**
 * Gives an access token for a client secret.
 * @throws OAuthError 401 saying what is wrong with the secret
 */
export const grantForSecret = async (
  tx: Transaction,
  connectionId: string,
  secret: string,
): Promise<Granted> => {
  const found = await findSecret(tx, connectionId, hashToken(secret));
  if (found === undefined)
    throw invalidClient("The client secret is not one of this connection's.");
  const state = stateOfCredential(found, tx.now);
  if (state === "revoked") throw invalidClient("The client secret was revoked.");
  if (state === "expired") throw invalidClient("The client secret has expired.");
  return grant(tx, connectionId, found.id);
};

/**
 * Gives an access token for an identity whose assertion was found right.
 * @throws OAuthError 401 when it was revoked meanwhile
 */
export const grantForIdentity = async (
  tx: Transaction,
  connectionId: string,
  credentialId: string,
): Promise<Granted> => {
  const found = await findCredential(tx, connectionId, credentialId);
  if (found === undefined || stateOfCredential(found, tx.now) !== "live")
    throw invalidClient("The federated credential was revoked.");
  return grant(tx, connectionId, credentialId);
};

const grant = (tx: Transaction, connectionId: string, credentialId: string): Granted => {
  const { token, hash } = makeToken("accessToken");
  const expiresAt = later(tx.now, accessTokenLifetime);
  insertAccessToken(tx, { connectionId, secretId: credentialId, hash, expiresAt });
  pruneAccessTokens(tx, connectionId, later(tx.now, -remembered));
  return { token, credentialId };
};

const later = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000);
