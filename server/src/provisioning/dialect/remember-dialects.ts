import type { Transaction } from "#tenancy";
import { LRUCache } from "lru-cache";
import { commonDialect, composeDialect, type Dialect } from "./dialect.ts";
import { findSettled } from "./store.ts";

/** Gives what a connection speaks as of a version. */
export type DialectOf = (
  tx: Transaction,
  connectionId: string,
  version: number,
) => Promise<Dialect>;

const remembered = 2000;

/**
 * Composes a dialect once for each version. The version comes with the request, so a change counts on every node from
 * the next request on; nothing is asked for where it is known, or where nothing was ever settled.
 */
export const rememberDialects = (): DialectOf => {
  const dialects = new LRUCache<string, { version: number; dialect: Dialect }>({ max: remembered });
  return async (tx, connectionId, version) => {
    if (version === 0) return commonDialect;
    const known = dialects.get(connectionId);
    if (known?.version === version) return known.dialect;
    const settled = await findSettled(tx, connectionId);
    if (settled === undefined) return commonDialect;
    // A reader, whom no edit waits for, may find a later version than the one that came with its request.
    const dialect = composeDialect(settled);
    dialects.set(connectionId, { version: settled.version, dialect });
    return dialect;
  };
};
