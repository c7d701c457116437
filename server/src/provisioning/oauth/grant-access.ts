import type { Transaction } from "#tenancy";
import { stateOfCredential } from "../connections/credential-state.ts";
import { findSecret, insertAccessToken, pruneAccessTokens } from "../connections/store.ts";
import { hashToken, makeToken } from "../connections/tokens.ts";
import { invalidClient } from "./oauth-error.ts";

/** Seconds that an access token lives. */
export const accessTokenLifetime = 3600;

/** For so long it is remembered afterwards, so that a late request is told why it is refused. */
const remembered = 3600;

type Granted = { readonly token: string; readonly secretId: string };

/**
 * Gives an access token for a client secret.
 * @throws OAuthError 401 saying what is wrong with the secret
 */
export const grantAccess = async (
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
  const { token, hash } = makeToken("accessToken");
  const expiresAt = later(tx.now, accessTokenLifetime);
  insertAccessToken(tx, { connectionId, secretId: found.id, hash, expiresAt });
  pruneAccessTokens(tx, connectionId, later(tx.now, -remembered));
  return { token, secretId: found.id };
};

const later = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000);
