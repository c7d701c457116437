import { countAgainst, minutesOf, subscriberAt, type FailureLimit } from "#access";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { OAuthError } from "./oauth-error.ts";

/** So many wrong ones within a quarter of an hour are answered 401, and more of them 429. */
const most = {
  /** From one remote address, whatever client it claims to be. */
  address: 50,
  /** For one client from one remote address. */
  pair: 10,
  /** For one client, wherever from. */
  client: 30,
};

type Attempt = {
  readonly address: string;
  /** Undefined where there is no such client. */
  readonly connectionId: string | undefined;
};

/** Counts wrong credentials of clients. */
export type WrongCredentials = {
  /** Gives what to answer: the refusal itself, or 429 with its words when there were too many. */
  count(attempt: Attempt, refusal: OAuthError): Promise<OAuthError>;
};

const remembered = 10_000;

/**
 * Only wrong credentials are counted, after they were found wrong, and right ones are never refused: a secret is 256 random
 * bits and an assertion is signed, so that there is nothing to guess, and a limit that held the right ones back
 * would let anybody shut out a client whose id they know. What it is for is to slow down who is set up wrongly, and to
 * make noise cheap: past a limit nothing more is written.
 */
export const createWrongCredentials = (pool: Pool): WrongCredentials => {
  const past = new LRUCache<string, number>({ max: remembered });

  /** The seconds to wait, where a limit is passed. */
  const waitFor = async (limit: FailureLimit): Promise<number | undefined> => {
    const known = past.get(limit.key);
    const now = Date.now();
    if (known !== undefined && known > now) return (known - now) / 1000;
    const seconds = await countAgainst(pool, limit);
    if (seconds !== undefined) past.set(limit.key, now + seconds * 1000);
    return seconds;
  };

  return {
    count: async (attempt, refusal) => {
      for (const limit of limitsOf(attempt)) {
        const seconds = await waitFor(limit);
        if (seconds !== undefined) return tooOften(refusal, Math.ceil(seconds));
      }
      return refusal;
    },
  };
};

const limitsOf = ({ address, connectionId }: Attempt): FailureLimit[] => {
  const where = subscriberAt(address);
  return [
    { key: `client-address:${where}`, most: most.address },
    ...(connectionId === undefined
      ? []
      : [
          { key: `client-pair:${connectionId}:${where}`, most: most.pair },
          { key: `client:${connectionId}`, most: most.client },
        ]),
  ];
};

const tooOften = ({ code, message }: OAuthError, seconds: number) =>
  new OAuthError(
    429,
    code,
    `${message} This came too often: with the same credentials come back in ${minutesOf(seconds)} at the earliest.`,
    seconds,
  );
