import { parsePath, userResourceType } from "@muster/scim";
import { suggestCollisions } from "#collisions";
import type { Transaction } from "#tenancy";
import { listConnections } from "./connections/store.ts";
import { facetFor } from "./resources/facets.ts";

const paths = ["emails.value", "userName"].map((path) => parsePath(path, userResourceType));

/** Looks for people made by hand (one of them, or all) among those a connection has sent. */
export const matchLocals = (
  tx: Transaction,
  connectionId: string,
  localId?: string,
): Promise<void> =>
  suggestCollisions(tx, {
    connectionId,
    facetsOf: (address) => paths.map((path) => facetFor(connectionId, path, address)),
    ...(localId !== undefined && { localId }),
  });

/** Somebody was made by hand: whoever is in a directory already may be the same person. */
export const matchNewLocal = async (
  tx: Transaction,
  { accountId }: { readonly accountId: string },
): Promise<void> => {
  for (const { id } of await listConnections(tx)) await matchLocals(tx, id, accountId);
};
