import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { holdAllRules, replaceRoleInRules, replaceRoleOfAccounts } from "./store/role-usage.ts";

type Replacement = {
  readonly from: { readonly id: string; readonly name: string };
  readonly to: { readonly id: string; readonly name: string };
  readonly cause: Cause;
};

const accountsPerStep = 1000;

/**
 * Puts a role in another's place: in mappings, defaults and locks, and so in every account that has it. What decide()
 * answers by the new rules is what it answered by the old ones with the one role for the other, so nobody need be decided
 * again. All in this transaction, which holds every connection's rules.
 */
export const replaceRole = async (
  tx: Transaction,
  { from, to, cause }: Replacement,
): Promise<void> => {
  await holdAllRules(tx);
  await replaceRoleInRules(tx, from.id, to.id);
  for (;;) {
    const accounts = await replaceRoleOfAccounts(tx, {
      fromId: from.id,
      toId: to.id,
      limit: accountsPerStep,
    });
    const changed = accounts.filter((account) => account.changed);
    record(
      tx,
      cause,
      changed.map(({ id, name, tenantId }) => ({
        action: "account.role-replaced",
        sentence: `Role changed from ${from.name} to ${to.name}, which took its place`,
        subject: { kind: "account", id, name },
        tenantId,
        before: { roleId: from.id },
        after: { roleId: to.id },
      })),
    );
    await tx.flush();
    if (accounts.length < accountsPerStep) return;
  }
};
