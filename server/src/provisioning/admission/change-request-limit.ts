import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import type { RequestLimit } from "./request-limit.ts";
import { findRequestLimit, saveRequestLimit } from "./store.ts";

type Change = { readonly limit: RequestLimit | undefined; readonly cause: Cause };

/** @throws HttpError 404 */
export const changeRequestLimit = async (
  tx: Transaction,
  connectionId: string,
  { limit, cause }: Change,
): Promise<void> => {
  const { name, tenantId } = await requireConnection(tx, connectionId);
  const before = await findRequestLimit(tx, connectionId);
  saveRequestLimit(tx, connectionId, limit);
  record(tx, cause, [
    {
      action: "connection.request-limit-changed",
      sentence: limit
        ? `Request limit of ${limit.perSecond} a second set`
        : "Request limit taken away",
      subject: { kind: "connection", id: connectionId, name },
      tenantId,
      before: { limit: before ?? null },
      after: { limit: limit ?? null },
    },
  ]);
};
