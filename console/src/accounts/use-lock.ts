import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Account } from "../api/contract.ts";
import { showUndo } from "../elements/toast.tsx";

export type Lock = { roleId: string; reason?: string; expiresAt?: string };

const putLock = (accountId: string, body: Lock) =>
  call<Account>("PUT", `/accounts/${accountId}/lock`, { body });

export const useLock = (account: Account) =>
  useMutation({
    mutationFn: (lock: Lock) => putLock(account.id, lock),
    meta: {
      shownInForm: true,
      done: account.local ? "The role is changed." : "The role is locked.",
    },
  });

/** Takes the lock away, so that the directory's answer applies at once; the toast takes it back. */
export const useUnlock = (account: Account) => {
  const { lock } = account;
  const relock = useMutation({ mutationFn: (given: Lock) => putLock(account.id, given) });
  const unlock = useMutation({
    mutationFn: () => call<Account>("DELETE", `/accounts/${account.id}/lock`),
    onSuccess: (now) =>
      showUndo(`Unlocked: ${now.name} has the role ${now.role.name} now.`, () => {
        if (!lock) return;
        relock.mutate({
          roleId: lock.role.id,
          ...(lock.reason && { reason: lock.reason }),
          ...(lock.expiresAt && { expiresAt: lock.expiresAt }),
        });
      }),
  });
  return () => unlock.mutate();
};
