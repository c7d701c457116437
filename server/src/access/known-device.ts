import type { Transaction } from "#tenancy";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Access } from "./access.ts";
import { newSecretOf, readSecret } from "./secret.ts";
import { deleteDevice, findDevice, insertDevice, pruneDevices } from "./store/known-devices.ts";
import { findSignInNames } from "./store/sign-in-names.ts";

const cookieName = "muster_device";
const lifetimeMs = 180 * 24 * 3_600_000;
const keptPerAccount = 20;

export const readDeviceCookie = (request: FastifyRequest): string | undefined =>
  request.cookies[cookieName];

export const setDeviceCookie = (reply: FastifyReply, secret: string, url: string): void => {
  reply.setCookie(cookieName, secret, {
    path: "/api/v1",
    httpOnly: true,
    sameSite: "strict",
    secure: url.startsWith("https:"),
    maxAge: lifetimeMs / 1000,
  });
};

/** A browser in which somebody has signed in by an e-mail address before. */
export type KnownDevice = { readonly hash: Buffer };

/** The device behind a cookie, if somebody has signed in there by that very address. */
export const recogniseDevice = async (
  { pool, organisations }: Access,
  cookie: string | undefined,
  email: string,
): Promise<KnownDevice | undefined> => {
  const secret = cookie === undefined ? undefined : readSecret(cookie);
  if (secret === undefined) return undefined;
  const { orgId, hash } = secret;
  const device = await organisations.within(orgId, (tx) => findDevice(tx, hash));
  if (device === undefined) return undefined;
  const names = await findSignInNames(pool, email);
  const isTheirs = names.some((one) => one.orgId === orgId && one.accountId === device.accountId);
  return isTheirs ? { hash } : undefined;
};

/**
 * Remembers the browser in which an account has just signed in; what it was known by before is worthless.
 * @returns the secret for its cookie, which is kept nowhere
 */
export const rememberDevice = async (
  tx: Transaction,
  accountId: string,
  before?: KnownDevice,
): Promise<string> => {
  const { text, hash } = newSecretOf(tx.orgId);
  if (before !== undefined) await deleteDevice(tx, before.hash);
  await insertDevice(tx, { hash, accountId, expiresAt: new Date(tx.now.getTime() + lifetimeMs) });
  await pruneDevices(tx, accountId, keptPerAccount);
  return text;
};
