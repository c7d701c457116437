import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { requireDefaultRole } from "./edit-rules.ts";
import { releaseAll } from "./release-held.ts";
import type { ApplicationRow } from "./store/applications.ts";
import { isAnybodyHeld } from "./store/held-changes.ts";
import { findSafeguard, saveSafeguard, type Safeguard } from "./store/safeguards.ts";

type Edit = {
  readonly connectionId: string;
  readonly cause: Cause;
  readonly wanted: Partial<Pick<Safeguard, "mode" | "guard">>;
};

/**
 * Starts or ends a dry run, or sets the guard. At the end of a dry run all that it held takes effect, in the background.
 * The transaction must hold the connection exclusively, so that no request decides meanwhile.
 */
export const changeSafeguard = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause, wanted }: Edit,
): Promise<ApplicationRow | undefined> => {
  const before = await findSafeguard(tx, connectionId);
  const after = { mode: wanted.mode ?? before.mode, guard: wanted.guard ?? null };
  if (wanted.guard === undefined) after.guard = before.guard;
  await saveSafeguard(tx, connectionId, after);
  record(tx, cause, [
    {
      action: "connection.safeguard-changed",
      sentence: sentenceOf(before, after),
      subject: { kind: "connection", id: connectionId, name: "Safeguards" },
      tenantId: (await requireDefaultRole(tx, connectionId)).tenantId,
      before: { mode: before.mode, guard: before.guard },
      after,
    },
  ]);
  const isPromoted = before.mode === "dry-run" && after.mode === "live";
  return isPromoted && (await isAnybodyHeld(tx, connectionId))
    ? releaseAll(tx, jobs, { connectionId, cause })
    : undefined;
};

const sentenceOf = (
  before: Pick<Safeguard, "mode">,
  after: Pick<Safeguard, "mode" | "guard">,
): string => {
  if (before.mode !== after.mode)
    return after.mode === "dry-run"
      ? "Dry run started: Sub Accounts stay as they are"
      : "Dry run ended: what the directory says takes effect";
  return after.guard === null
    ? "Guard turned off"
    : `Guard set to ${after.guard.people} people or ${after.guard.percent} % within ${after.guard.minutes} minutes`;
};
