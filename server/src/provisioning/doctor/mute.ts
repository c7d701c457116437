import { conflict, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import type { Connection } from "../connections/store.ts";
import type { Check } from "./check.ts";
import { findCheck } from "./checks/index.ts";
import { deleteMute, saveMute } from "./store.ts";

type Muting = { readonly connection: Connection; readonly checkId: string; readonly cause: Cause };

/**
 * Notes that something is so on purpose: the check stays, greyed, with the reason.
 * @throws HttpError 404, 409 for a check that nobody may want to fail
 */
export const muteCheck = async (
  tx: Transaction,
  { connection, checkId, cause, reason }: Muting & { readonly reason: string },
): Promise<void> => {
  const check = requireCheck(checkId);
  if (!check.isChoice)
    throw conflict(
      `${check.title} cannot be muted`,
      "Without it provisioning does not work. Follow the path that the check shows.",
    );
  await saveMute(tx, connection.id, { checkId, reason, mutedBy: cause.actor.name });
  recordMute(tx, connection, cause, {
    action: "check.muted",
    sentence: `Muted the check ${check.title}: ${reason}`,
    after: { check: checkId, reason },
  });
};

/** @throws HttpError 404, also for a check that is not muted */
export const unmuteCheck = async (
  tx: Transaction,
  { connection, checkId, cause }: Muting,
): Promise<void> => {
  const check = requireCheck(checkId);
  const muted = await deleteMute(tx, connection.id, checkId);
  if (muted === undefined) throw notFound("Muted check");
  recordMute(tx, connection, cause, {
    action: "check.unmuted",
    sentence: `The check ${check.title} is looked at again`,
    before: { check: checkId, reason: muted.reason },
  });
};

const requireCheck = (id: string): Check => {
  const check = findCheck(id);
  if (check === undefined) throw notFound("Check");
  return check;
};

const recordMute = (
  tx: Transaction,
  { id, name, tenantId }: Connection,
  cause: Cause,
  change: { action: string; sentence: string; before?: object; after?: object },
): void => record(tx, cause, [{ ...change, subject: { kind: "connection", id, name }, tenantId }]);
