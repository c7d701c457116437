import { execute, type Database } from "#database";
import { isId, type OrgId } from "#tenancy";
import { LRUCache } from "lru-cache";
import { organisationOfConnection } from "./store.ts";

/** Finds the organisation of a connection, outside of any. */
export type Locate = (connectionId: string) => Promise<OrgId | undefined>;

const remembered = 10_000;

/** Asks the database once for each connection: which organisation it belongs to never changes. */
export const createLocator = (database: Database): Locate => {
  const organisations = new LRUCache<string, OrgId>({ max: remembered });
  return async (connectionId) => {
    const known = organisations.get(connectionId);
    if (known !== undefined || !isId(connectionId)) return known;
    const [route] = await execute(database.pool, organisationOfConnection(connectionId));
    if (route !== undefined) organisations.set(connectionId, route.orgId);
    return route?.orgId;
  };
};
