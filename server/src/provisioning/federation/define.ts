import { createPublicKey, type KeyObject } from "node:crypto";
import { invalid } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { JSONWebKeySet, JWK } from "jose";
import { requireRoom } from "../connections/connect.ts";
import { requireConnection } from "../connections/require-connection.ts";
import type { KeysRule } from "./keys-rule.ts";
import { insertFederated, type FederatedIdentity } from "./store.ts";

type Wanted = FederatedIdentity & {
  readonly connectionId: string;
  readonly label: string;
  readonly cause: Cause;
};

/**
 * Lets an identity in that another issuer vouches for; two may be live at a time, as with secrets.
 * @throws HttpError 404, 400 where its keys cannot be used, 409 when two are live
 */
export const defineFederated = async (
  tx: Transaction,
  { connectionId, label, cause, ...wanted }: Wanted,
  rule: KeysRule,
): Promise<void> => {
  const connection = await requireConnection(tx, connectionId);
  const identity = { ...wanted, keys: readKeys(wanted, rule) };
  await requireRoom(tx, connectionId, "federated");
  insertFederated(tx, { ...identity, connectionId, label, createdBy: cause.actor.name });
  const { issuer, subject, audience, keysUrl, keys } = identity;
  record(tx, cause, [
    {
      action: "connection.federated-credential-created",
      sentence: `Federated credential "${label}" made`,
      subject: { kind: "connection", id: connectionId, name: connection.name },
      tenantId: connection.tenantId,
      after: { label, issuer, subject, audience, keysUrl, keyIds: keys && keyIdsOf(keys) },
    },
  ]);
};

export const keyIdsOf = ({ keys }: JSONWebKeySet): string[] =>
  keys.map(({ kid, kty }, position) => kid ?? `${kty} key ${position + 1}`);

const readKeys = ({ keysUrl, keys }: FederatedIdentity, rule: KeysRule): JSONWebKeySet | null => {
  if ((keysUrl === null) === (keys === null))
    throw wrong("keysUrl", "Give the address of the issuer's keys, or the keys: one of both.");
  if (keys !== null) return { keys: keys.keys.map(readKey) };
  const refusal = rule.refusal(keysUrl ?? "");
  if (refusal !== undefined) throw wrong("keysUrl", refusal);
  return null;
};

/** What is kept of a key: what is public of it. */
const publicMembers = ["kty", "use", "alg", "kid", "n", "e", "crv", "x", "y"] as const;
const fewestBits = 2048;

const readKey = (key: JWK, position: number): JWK => {
  const path = `keys.${position}`;
  if (key.d !== undefined || key.k !== undefined)
    throw wrong(path, "One of these keys is secret. Make others, and give the public ones only.");
  const { asymmetricKeyDetails: details } = parseKey(key, path);
  if ((details?.modulusLength ?? fewestBits) < fewestBits)
    throw wrong(path, `One of these keys is too short: RSA keys have ${fewestBits} bits or more.`);
  return Object.fromEntries(
    publicMembers.flatMap((name) => (key[name] === undefined ? [] : [[name, key[name]]])),
  );
};

const parseKey = (key: JWK, path: string): KeyObject => {
  try {
    return createPublicKey({ key: { ...key }, format: "jwk" });
  } catch {
    throw wrong(
      path,
      "One of these is no public key. Paste a JSON Web Key Set with RSA, EC or OKP keys.",
    );
  }
};

const wrong = (path: string, sentence: string) =>
  invalid("Those keys cannot be used", sentence, [{ path, message: sentence }]);
