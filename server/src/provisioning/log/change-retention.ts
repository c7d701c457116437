import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { defaultKeepDays } from "./retention.ts";
import { findKeepDays, saveKeepDays } from "./retention-store.ts";

type Change = { readonly keepDays: number | null; readonly cause: Cause };

/** For how many days entries of the provisioning log are kept from now on; null for ever. */
export const changeRetention = async (
  tx: Transaction,
  { keepDays, cause }: Change,
): Promise<void> => {
  const before = await findKeepDays(tx, defaultKeepDays);
  saveKeepDays(tx, keepDays);
  record(tx, cause, [
    {
      action: "provisioning-log.retention-changed",
      sentence:
        keepDays === null
          ? "Provisioning log entries are kept for ever"
          : `Provisioning log entries are kept for ${keepDays} ${keepDays === 1 ? "day" : "days"}`,
      subject: { kind: "organisation", id: tx.orgId, name: "Provisioning log" },
      before: { keepDays: before },
      after: { keepDays },
    },
  ]);
};
