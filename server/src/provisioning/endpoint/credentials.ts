import { isDeepStrictEqual } from "node:util";
import { StartAgain, type Transaction } from "#tenancy";
import { LRUCache } from "lru-cache";
import { credentialsOf, type Credentials } from "../connections/store.ts";
import { hashToken } from "../connections/tokens.ts";
import { authenticate, type Authenticated } from "./call.ts";

type Claim = { readonly connectionId: string; readonly token: string };

/** Who a request seems to come from, and whether that is true. */
export type Opened = {
  readonly who: Authenticated;
  /**
   * Nothing that was done may count before this has given who it is.
   * @throws ScimError 401, or StartAgain when the connection or its credential is otherwise than it was last time
   */
  confirm(): Promise<Authenticated>;
};

const remembered = 10_000;

/**
 * Gives a function that tells who sends a request. What a token was good for last time is remembered, so that the first
 * statements of a request need not wait for the answer: the same message asks the database again, and only what it says
 * now counts. A token that was never good has nothing done for it.
 */
export const createOpener = () => {
  const known = new LRUCache<string, Credentials>({ max: remembered });
  return async (tx: Transaction, { connectionId, token }: Claim): Promise<Opened> => {
    const hash = hashToken(token);
    const key = connectionId + hash.toString("base64");
    const asked = tx.first(credentialsOf(tx, { connectionId, token, hash }));
    const before = known.get(key);
    if (before === undefined) {
      const credentials = await asked;
      const who = authenticate(credentials);
      known.set(key, credentials);
      return { who, confirm: async () => who };
    }
    return {
      who: authenticate(before),
      confirm: async () => {
        const credentials = await asked;
        if (isDeepStrictEqual(credentials, before)) return authenticate(before);
        known.delete(key);
        authenticate(credentials);
        throw new StartAgain("the connection is otherwise than it was");
      },
    };
  };
};
