import { query } from "#database";
import { newId, type Transaction } from "#tenancy";
import type { JSONWebKeySet } from "jose";

/** Who is let in without a secret: whoever the issuer says is this subject, speaking to this audience. */
export type FederatedIdentity = {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** Where the issuer's keys are; null where they were given. */
  readonly keysUrl: string | null;
  readonly keys: JSONWebKeySet | null;
};

export type FederatedCredential = Awaited<ReturnType<typeof listFederated>>[number];

/** Live ones and revoked ones, the newest first. */
export const listFederated = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("connectionTokens as credential")
      .innerJoin("federatedCredentials as identity", (join) =>
        join
          .onRef("identity.orgId", "=", "credential.orgId")
          .onRef("identity.id", "=", "credential.id"),
      )
      .select((eb) => [
        "credential.id",
        "credential.label",
        "credential.createdAt",
        "credential.createdBy",
        "credential.expiresAt",
        "credential.lastUsedAt",
        "credential.revokedAt",
        "identity.issuer",
        "identity.subject",
        "identity.audience",
        "identity.keysUrl",
        eb.ref("identity.keys").$castTo<JSONWebKeySet | null>().as("keys"),
      ])
      .where("credential.orgId", "=", tx.orgId)
      .where("credential.connectionId", "=", connectionId)
      .where("credential.kind", "=", "federated")
      .orderBy("credential.createdAt", "desc"),
  );

type NewFederated = FederatedIdentity & {
  readonly connectionId: string;
  readonly label: string;
  readonly createdBy: string;
};

export const insertFederated = (
  tx: Transaction,
  { connectionId, label, createdBy, keys, ...identity }: NewFederated,
): void => {
  const id = newId();
  const { orgId } = tx;
  tx.defer(
    query
      .insertInto("connectionTokens")
      .values({ orgId, id, connectionId, kind: "federated", label, createdAt: tx.now, createdBy }),
  );
  tx.defer(
    query
      .insertInto("federatedCredentials")
      .values({ orgId, id, ...identity, keys: keys === null ? null : JSON.stringify(keys) }),
  );
};
