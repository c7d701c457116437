import type { Reversal } from "#ledger";
import { requireConnection } from "../connections/require-connection.ts";
import { findConnection } from "../connections/store.ts";
import { muteCheck, unmuteCheck } from "../doctor/mute.ts";
import { listMutes } from "../doctor/store.ts";
import { provisioningPermissions } from "../permissions.ts";

/** The reasons of a connection's muted checks by check; null for one that is looked at. */
type Mutes = Readonly<Record<string, string | null>>;

export const mutedChecks: Reversal<Mutes> = {
  name: "connection.muted-checks",
  label: "Muted checks",
  actions: ["check.muted", "check.unmuted"],
  permissions: [provisioningPermissions.edit],
  read: async (tx, connectionId) => {
    if ((await findConnection(tx, connectionId)) === undefined) return undefined;
    const mutes = await listMutes(tx, connectionId);
    return Object.fromEntries(mutes.map(({ checkId, reason }) => [checkId, reason]));
  },
  back: (state, { action, before, after }) => {
    const check = (before["check"] ?? after["check"]) as string;
    const reason = action === "check.muted" ? after["reason"] : null;
    if ((state[check] ?? null) !== reason)
      return { why: "The check was muted or looked at again since." };
    if (action === "check.muted") return { state: { ...state, [check]: null } };
    return typeof before["reason"] === "string"
      ? { state: { ...state, [check]: before["reason"] } }
      : { why: "Its reason was not kept. Mute the check again." };
  },
  write: async (tx, { subjectId, wanted, cause }) => {
    const connection = await requireConnection(tx, subjectId);
    for (const [checkId, reason] of Object.entries(wanted))
      if (reason == null) await unmuteCheck(tx, { connection, checkId, cause });
      else await muteCheck(tx, { connection, checkId, cause, reason });
  },
};
