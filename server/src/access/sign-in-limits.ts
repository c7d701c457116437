import { tooMany } from "#http";
import { isIPv4, isIPv6 } from "node:net";
import type { Pool } from "pg";
import { hashSecret } from "./secret.ts";
import {
  clearAttempts,
  countAttempt,
  deletePastAttempts,
  uncountAttempt,
} from "./store/sign-in-failures.ts";
import { foldEmail } from "./store/sign-in-names.ts";

const windowLength = 15 * 60_000;
const limits = { email: 10, address: 50 };

/** Who tries to sign in: at which address of ours, and from which address of theirs. */
export type Attempt = { readonly email: string; readonly address: string };

/**
 * Runs one check of a password, of which only so many may fail: counted by e-mail address and by remote address, in the
 * database, so that all nodes count together. A right password clears the count of its e-mail address.
 * @param check gives undefined when the password is wrong
 * @throws HttpError 429, saying when to come back
 */
export const limited = async <Result>(
  pool: Pool,
  attempt: Attempt,
  check: () => Promise<Result | undefined>,
): Promise<Result | undefined> => {
  const keys = keysOf(attempt);
  for (const kind of ["address", "email"] as const) await count(pool, keys[kind], limits[kind]);
  const result = await check();
  if (result === undefined) return undefined;
  await clearAttempts(pool, keys.email);
  await uncountAttempt(pool, keys.address);
  return result;
};

const count = async (pool: Pool, key: string, limit: number): Promise<void> => {
  const now = Date.now();
  const { attempts, windowEndsAt } = await countAttempt(pool, key, new Date(now + windowLength));
  if (attempts === 1) await deletePastAttempts(pool);
  if (attempts <= limit) return;
  const seconds = Math.max(1, (windowEndsAt.getTime() - now) / 1000);
  const minutes = Math.ceil(seconds / 60);
  throw tooMany(
    "Too many failed sign-ins",
    `Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or ask an administrator for a sign-in link.`,
    seconds,
  );
};

/** The e-mail address is hashed: what people mistype there (a password, say) is not to be kept. */
const keysOf = ({ email, address }: Attempt) => ({
  email: `email:${hashSecret(foldEmail(email)).toString("base64url")}`,
  address: `address:${subscriberAt(address)}`,
});

/**
 * Who is behind a remote address. What is no address (a forged X-Forwarded-For, say) is one subscriber altogether; an
 * IPv4 address as a socket for both kinds shows it (`::ffff:192.0.2.1`) is one like any other IPv4 address.
 */
const subscriberAt = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? networkOf(plain) : "unknown";
};

/** The first 64 bits of an IPv6 address: one subscriber has all the rest. */
const networkOf = (address: string): string => {
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const gap =
    tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].slice(0, 4).join(":");
};
