import { findRoleByKey } from "#access";
import { saveDefaultRole } from "#accounts";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { findTenant, type Transaction } from "#tenancy";
import {
  countLiveTokens,
  findConnection,
  insertConnection,
  insertToken,
  listConnections,
  revokeToken,
} from "./store.ts";
import { makeToken } from "./tokens.ts";

const mostLiveTokens = 2;

type NewConnection = { readonly name: string; readonly tenantId: string; readonly cause: Cause };

/**
 * Makes a connection with its first token. People in no mapped group become Loanees until told otherwise: the role that
 * can do least.
 * @returns the token in clear, which is kept nowhere
 * @throws HttpError 400 on an unknown tenant, 409 when the name is taken
 */
export const connect = async (tx: Transaction, { name, tenantId, cause }: NewConnection) => {
  if ((await findTenant(tx, tenantId)) === undefined)
    throw invalid("That tenant is unknown", "Choose one of the tenants of this organisation.", [
      { path: "tenantId", message: "is not a tenant of this organisation" },
    ]);
  const taken = (await listConnections(tx)).some(
    (other) => other.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken)
    throw conflict(
      "That name is taken",
      `There is a connection named "${name}" already. Give this one another name.`,
    );
  const connection = await insertConnection(tx, { name, tenantId });
  const role = await findRoleByKey(tx, "loanee");
  saveDefaultRole(tx, connection.id, { tenantId, roleId: role.id });
  record(tx, cause, [
    {
      action: "connection.created",
      sentence: `Connection ${name} made`,
      subject: { kind: "connection", id: connection.id, name },
      tenantId,
      after: { name, tenantId },
    },
  ]);
  const { token, row } = await issueToken(tx, connection.id, {
    label: "First token",
    expiresAt: null,
    cause,
  });
  return { connection, token, tokenId: row.id };
};

type NewToken = { readonly label: string; readonly expiresAt: Date | null; readonly cause: Cause };

/**
 * Makes a token; two may be live at a time, so that one can take the other's place without a gap.
 * @throws HttpError 404, 400 when it would expire in the past, 409 when two are live
 */
export const issueToken = async (
  tx: Transaction,
  connectionId: string,
  { label, expiresAt, cause }: NewToken,
) => {
  const connection = await findConnection(tx, connectionId);
  if (connection === undefined) throw notFound("Connection");
  if (expiresAt !== null && expiresAt <= tx.now)
    throw invalid("That expiry has passed", "Choose a time to come, or none.", [
      { path: "expiresAt", message: "is in the past" },
    ]);
  if ((await countLiveTokens(tx, connectionId)) >= mostLiveTokens)
    throw conflict(
      "Two tokens are live already",
      "Revoke the one that Entra no longer uses, then make a new one.",
    );
  const { token, hash, prefix } = makeToken();
  const createdBy = cause.actor.name;
  const row = await insertToken(tx, { connectionId, hash, prefix, label, createdBy, expiresAt });
  record(tx, cause, [
    {
      action: "connection.token-created",
      sentence: `Token "${label}" made`,
      subject: { kind: "connection", id: connectionId, name: connection.name },
      tenantId: connection.tenantId,
      after: { label, prefix, expiresAt: expiresAt?.toISOString() ?? null },
    },
  ]);
  return { token, row };
};

/** @throws HttpError 404 also for one that was revoked before */
export const revoke = async (
  tx: Transaction,
  connectionId: string,
  tokenId: string,
  cause: Cause,
): Promise<void> => {
  const connection = await findConnection(tx, connectionId);
  const token = await revokeToken(tx, connectionId, tokenId);
  if (connection === undefined || token === undefined) throw notFound("Token");
  record(tx, cause, [
    {
      action: "connection.token-revoked",
      sentence: `Token "${token.label}" revoked`,
      subject: { kind: "connection", id: connectionId, name: connection.name },
      tenantId: connection.tenantId,
    },
  ]);
};
