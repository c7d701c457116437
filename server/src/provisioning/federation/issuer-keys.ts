import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import { LRUCache } from "lru-cache";
import { fetchKeys } from "./fetch-keys.ts";
import type { KeysRule } from "./keys-rule.ts";
import type { FederatedCredential } from "./store.ts";

/** Finds the key that an assertion is signed with. */
export type IssuerKeys = (
  credential: Pick<FederatedCredential, "keysUrl" | "keys">,
) => JWTVerifyGetKey;

type Limits = {
  /** An unknown key is looked for again, but not more often than this: the issuer may have new ones. */
  readonly cooldownMs?: number;
  readonly timeoutMs?: number;
  /** So much of what issuers sent is remembered; what nobody asked for the longest gives way. */
  readonly mostBytes?: number;
};

const mostIssuers = 1000;
const freshForMs = 3_600_000;

/** Keeps the keys of each address for an hour. They are public, so that whoever names the same address shares them. */
export const createIssuerKeys = (
  rule: KeysRule,
  { cooldownMs = 30_000, timeoutMs = 5000, mostBytes = 16 * 1024 * 1024 }: Limits = {},
): IssuerKeys => {
  const remembered = new LRUCache<string, { readonly find: JWTVerifyGetKey }>({
    max: mostIssuers,
    maxSize: mostBytes,
  });
  const begin = (href: string): JWTVerifyGetKey => {
    const url = new URL(href);
    const find: JWTVerifyGetKey = createRemoteJWKSet(url, {
      cacheMaxAge: freshForMs,
      cooldownDuration: cooldownMs,
      timeoutDuration: timeoutMs,
      [customFetch]: async (_href, { signal }) => {
        const keys = await fetchKeys(url, rule, signal);
        remember(keys.length);
        return new Response(keys);
      },
    });
    // How much there is to keep is known when it has come.
    const remember = (bytes: number) => remembered.set(href, { find }, { size: 1 + bytes });
    remember(0);
    return find;
  };
  return ({ keysUrl, keys }) =>
    keysUrl === null
      ? createLocalJWKSet(keys ?? { keys: [] })
      : (remembered.get(keysUrl)?.find ?? begin(keysUrl));
};
