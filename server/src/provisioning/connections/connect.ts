import { findRoleByKey } from "#access";
import { saveDefaultRole } from "#accounts";
import { conflict, invalid, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { findTenant, holdAlone, type Transaction } from "#tenancy";
import {
  countLiveCredentials,
  findConnection,
  findConnectionNamed,
  insertConnection,
  insertCredential,
  renameConnection,
  revokeCredential,
  type Connection,
  type CredentialKind,
  type SecretKind,
} from "./store.ts";
import { requireConnection } from "./require-connection.ts";
import { makeToken } from "./tokens.ts";

const mostLive = 2;

/** What a credential is called, and its action in the ledger. */
const words: Record<CredentialKind, { noun: string; plural: string; action: string }> = {
  token: { noun: "Token", plural: "tokens", action: "connection.token" },
  secret: { noun: "Client secret", plural: "client secrets", action: "connection.client-secret" },
  federated: {
    noun: "Federated credential",
    plural: "federated credentials",
    action: "connection.federated-credential",
  },
};

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
  await requireFreeName(tx, tenantId, name);
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
  const { token, row } = await issue(tx, connection.id, {
    kind: "token",
    label: "First token",
    expiresAt: null,
    cause,
  });
  return { connection, token, tokenId: row.id };
};

/**
 * Gives a connection another name. Writing the same name in other letter cases is no conflict with itself.
 * @throws HttpError 409 when another connection of its tenant has that name
 */
export const rename = async (
  tx: Transaction,
  { id, tenantId, name }: Connection,
  { to, cause }: { readonly to: string; readonly cause: Cause },
): Promise<void> => {
  if (name === to) return;
  await requireFreeName(tx, tenantId, to, id);
  renameConnection(tx, id, to);
  record(tx, cause, [
    {
      action: "connection.renamed",
      sentence: `Connection renamed from ${name} to ${to}`,
      subject: { kind: "connection", id, name: to },
      tenantId,
      before: { name },
      after: { name: to },
    },
  ]);
};

/** The tenant is held meanwhile, so that two requests cannot both find the name free. */
const requireFreeName = async (
  tx: Transaction,
  tenantId: string,
  name: string,
  exceptId?: string,
): Promise<void> => {
  await holdAlone(tx, [tenantId]);
  const other = await findConnectionNamed(tx, tenantId, name);
  if (other === undefined || other.id === exceptId) return;
  throw conflict(
    "That name is taken",
    `There is a connection named "${other.name}" already. Give this one another name.`,
  );
};

type NewCredential = {
  readonly kind: SecretKind;
  readonly label: string;
  readonly expiresAt: Date | null;
  readonly cause: Cause;
};

/**
 * Makes a token or a client secret; two of a kind may be live at a time, so that one can take the other's place
 * without a gap.
 * @returns it in clear, which is kept nowhere
 * @throws HttpError 404, 400 when it would expire in the past, 409 when two are live
 */
export const issue = async (
  tx: Transaction,
  connectionId: string,
  { kind, label, expiresAt, cause }: NewCredential,
) => {
  const { noun, action } = words[kind];
  const connection = await requireConnection(tx, connectionId);
  if (expiresAt !== null && expiresAt <= tx.now)
    throw invalid("That expiry has passed", "Choose a time to come, or none.", [
      { path: "expiresAt", message: "is in the past" },
    ]);
  await requireRoom(tx, connectionId, kind);
  const { token, hash, prefix } = makeToken(kind);
  const createdBy = cause.actor.name;
  const row = await insertCredential(tx, {
    connectionId,
    kind,
    hash,
    prefix,
    label,
    createdBy,
    expiresAt,
  });
  record(tx, cause, [
    {
      action: `${action}-created`,
      sentence: `${noun} "${label}" made`,
      subject: { kind: "connection", id: connectionId, name: connection.name },
      tenantId: connection.tenantId,
      after: { label, prefix, expiresAt: expiresAt?.toISOString() ?? null },
    },
  ]);
  return { token, row };
};

/**
 * Holds the connection, so that two requests cannot both make the second one of a kind.
 * @throws HttpError 409 when two are live
 */
export const requireRoom = async (
  tx: Transaction,
  connectionId: string,
  kind: CredentialKind,
): Promise<void> => {
  if ((await countLiveCredentials(tx, connectionId, kind)) < mostLive) return;
  throw conflict(
    `Two ${words[kind].plural} are live already`,
    "Revoke the one that Entra no longer uses, then make a new one.",
  );
};

type Revoked = { readonly kind: CredentialKind; readonly id: string; readonly cause: Cause };

/**
 * Ends a token, or a client secret or federated credential with all access tokens that were given for it.
 * @throws HttpError 404 also for one that was revoked before
 */
export const revoke = async (
  tx: Transaction,
  connectionId: string,
  { kind, id, cause }: Revoked,
): Promise<void> => {
  const { noun, action } = words[kind];
  const connection = await findConnection(tx, connectionId);
  const revoked = await revokeCredential(tx, { connectionId, kind, id });
  if (connection === undefined || revoked === undefined) throw notFound(noun);
  record(tx, cause, [
    {
      action: `${action}-revoked`,
      sentence: `${noun} "${revoked.label}" revoked`,
      subject: { kind: "connection", id: connectionId, name: connection.name },
      tenantId: connection.tenantId,
    },
  ]);
};
