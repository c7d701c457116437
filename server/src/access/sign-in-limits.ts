import { tooMany } from "#http";
import type { Pool } from "pg";
import { hashSecret } from "./secret.ts";
import { countAgainst, minutesOf } from "./failure-limit.ts";
import { clearAttempts, uncountAttempt } from "./store/sign-in-failures.ts";
import { foldEmail } from "./store/sign-in-names.ts";
import { subscriberAt } from "./subscriber.ts";

/** So many may fail in a quarter of an hour. */
const limits = {
  /** From one remote address, whomever it tries to be. */
  address: 50,
  /** For one e-mail address from one remote address. */
  pair: 10,
  /** For one e-mail address, wherever from: a guess spread over many addresses. */
  email: 30,
  /** In a browser in which the person has signed in before. */
  device: 10,
  /** For somebody signed in, who is asked for the password again. */
  account: 10,
};

type Limit = { readonly kind: keyof typeof limits; readonly key: string };

/** Who tries to sign in: at which address of ours, and from which address of theirs. */
export type Attempt = { readonly email: string; readonly address: string };

/**
 * What an attempt to sign in counts against. Anybody can make others' attempts fail, so that a limit by e-mail address
 * alone would let anybody lock out an administrator they know: a device that the person has signed in from before has a
 * limit of its own and is under no other, and one remote address can use up its own share only.
 */
export const limitsOfSignIn = (
  { email, address }: Attempt,
  device: { readonly hash: Buffer } | undefined,
): Limit[] => {
  if (device !== undefined)
    return [{ kind: "device", key: `device:${device.hash.toString("base64url")}` }];
  // Hashed: what people mistype there (a password, say) is not to be kept.
  const who = hashSecret(foldEmail(email)).toString("base64url");
  const where = subscriberAt(address);
  return [
    { kind: "address", key: `address:${where}` },
    { kind: "pair", key: `pair:${who}:${where}` },
    { kind: "email", key: `email:${who}` },
  ];
};

/** What typing the password again counts against. */
export const limitsOfAccount = (accountId: string): Limit[] => [
  { kind: "account", key: `account:${accountId}` },
];

/** Of these a right password clears the count; of the others it takes back its own attempt. */
const cleared: readonly Limit["kind"][] = ["pair", "device", "account"];

/**
 * Runs one check of a password, of which only so many may fail: counted in the database, so that all nodes count
 * together. What one limit refuses does not count against the next.
 * @param check gives undefined when the password is wrong
 * @throws HttpError 429, saying when to come back
 */
export const limited = async <Result>(
  pool: Pool,
  limit: readonly Limit[],
  check: () => Promise<Result | undefined>,
): Promise<Result | undefined> => {
  for (const { kind, key } of limit) await count(pool, key, limits[kind]);
  const result = await check();
  if (result === undefined) return undefined;
  for (const { kind, key } of limit)
    await (cleared.includes(kind) ? clearAttempts(pool, key) : uncountAttempt(pool, key));
  return result;
};

const count = async (pool: Pool, key: string, most: number): Promise<void> => {
  const seconds = await countAgainst(pool, { key, most });
  if (seconds === undefined) return;
  throw tooMany(
    "Too many failed sign-ins",
    `Try again in ${minutesOf(seconds)}, or ask an administrator for a sign-in link.`,
    seconds,
  );
};
