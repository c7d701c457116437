import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import { LRUCache } from "lru-cache";
import { fetchKeys } from "./fetch-keys.ts";
import type { KeysRule } from "./keys-rule.ts";
import type { FederatedCredential } from "./store.ts";

/** Finds the key that an assertion is signed with. */
export type IssuerKeys = (
  credential: Pick<FederatedCredential, "keysUrl" | "keys">,
) => JWTVerifyGetKey;

type Pace = {
  /** An unknown key is looked for again, but not more often than this: the issuer may have new ones. */
  readonly cooldownMs?: number;
  readonly timeoutMs?: number;
};

const remembered = 1000;
const freshForMs = 3_600_000;

/** Keeps the keys of each address for an hour. They are public, so that whoever names the same address shares them. */
export const createIssuerKeys = (
  rule: KeysRule,
  { cooldownMs = 30_000, timeoutMs = 5000 }: Pace = {},
): IssuerKeys => {
  const fetched = new LRUCache<string, JWTVerifyGetKey>({
    max: remembered,
    memoMethod: (href) => {
      const url = new URL(href);
      return createRemoteJWKSet(url, {
        cacheMaxAge: freshForMs,
        cooldownDuration: cooldownMs,
        timeoutDuration: timeoutMs,
        [customFetch]: (_href, { signal }) => fetchKeys(url, rule, signal),
      });
    },
  });
  return ({ keysUrl, keys }) =>
    keysUrl === null ? createLocalJWKSet(keys ?? { keys: [] }) : fetched.memo(keysUrl);
};
