import type { Reversal } from "#ledger";
import { holdAccount, lockRole, unlockRole } from "../lock-role.ts";
import { accountPermissions } from "../permissions.ts";
import { findAccount } from "../store/account.ts";
import { findLock } from "../store/locks.ts";

type RoleLock = {
  readonly lockedRoleId: string | null;
  readonly reason: string | null;
  readonly expiresAt: string | null;
};

/** A role lock goes back to the one before it, with its reason and end, or to none. */
export const roleLock: Reversal<RoleLock> = {
  name: "account.role-lock",
  label: "Role lock",
  actions: ["account.role-locked", "account.role-unlocked"],
  permissions: [accountPermissions.lock],
  read: async (tx, accountId, hold) => {
    const account = hold
      ? await holdAccount(tx, accountId).catch(() => undefined)
      : await findAccount(tx, accountId);
    if (account === undefined) return undefined;
    const lock = await findLock(tx, accountId);
    return {
      lockedRoleId: lock?.roleId ?? null,
      reason: lock?.reason ?? null,
      expiresAt: lock?.expiresAt?.toISOString() ?? null,
    };
  },
  back: ({ lockedRoleId }, { before, after }) => {
    if (lockedRoleId !== ((after["roleId"] as string | undefined) ?? null))
      return {
        why:
          lockedRoleId === null
            ? "The lock was removed since."
            : "The role was locked otherwise since.",
      };
    const wasLocked = before["roleOrigin"] === "lock";
    return {
      state: {
        lockedRoleId: wasLocked ? String(before["roleId"]) : null,
        reason: wasLocked ? ((before["reason"] as string | undefined) ?? null) : null,
        expiresAt: wasLocked ? ((before["expiresAt"] as string | undefined) ?? null) : null,
      },
    };
  },
  // As by hand: neither before nor after may the role be one that may do more than whoever undoes.
  roles: async (tx, accountId, { wanted }) => {
    const account = await findAccount(tx, accountId);
    const after = wanted.lockedRoleId === null ? account?.directoryRoleId : wanted.lockedRoleId;
    return [account?.roleId, after].filter((id) => id != null);
  },
  write: async (tx, { subjectId: accountId, current, wanted, cause }) => {
    const { lockedRoleId, reason, expiresAt } = { ...current, ...wanted };
    if (lockedRoleId === null) await unlockRole(tx, accountId, cause);
    else
      await lockRole(tx, {
        accountId,
        roleId: lockedRoleId,
        ...(reason !== null && { reason }),
        ...(expiresAt !== null && { expiresAt: new Date(expiresAt) }),
        cause,
      });
  },
};
