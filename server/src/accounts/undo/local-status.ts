import type { Reversal } from "#ledger";
import { setLocalStatus } from "../local-accounts.ts";
import { holdAccount } from "../lock-role.ts";
import { accountPermissions } from "../permissions.ts";
import { findAccount } from "../store/account.ts";

type LocalStatus = { readonly status: string; readonly isLocal: boolean };

/** Who was added, Disabled or enabled by hand. */
export const localStatus: Reversal<LocalStatus> = {
  name: "account.local-status",
  label: "Status",
  actions: ["account.created", "account.disabled", "account.enabled"],
  permissions: [accountPermissions.edit],
  read: async (tx, accountId, hold) => {
    if (hold) await holdAccount(tx, accountId).catch(() => undefined);
    const account = await findAccount(tx, accountId);
    return account && { status: account.status, isLocal: account.userId === null };
  },
  back: (state, { action, before, after }) => {
    if (!state.isLocal) return { why: "The directory decides the status of this person." };
    // Nobody is deleted: who was added is Disabled, with their history.
    if (action === "account.created") return { state: { ...state, status: "disabled" } };
    if (state.status !== after["status"]) return { why: "The status was changed since." };
    return { state: { ...state, status: String(before["status"]) } };
  },
  roles: async (tx, accountId) => {
    const account = await findAccount(tx, accountId);
    return account === undefined ? [] : [account.roleId];
  },
  write: (tx, { subjectId, wanted, cause }) =>
    setLocalStatus(tx, subjectId, wanted.status === "active" ? "active" : "disabled", cause),
};
