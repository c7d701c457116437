import type { AccountsJoined } from "#accounts";
import { nameAsset } from "#assets";
import { record, type Cause, type Change } from "#ledger";
import type { Transaction } from "#tenancy";
import { endRecoveries } from "./close-recoveries.ts";
import { openRecoveries } from "./open-recoveries.ts";
import { listCustodiesByIds } from "./store/custodies.ts";
import { moveCustodies, moveCustodiesBack } from "./store/moves.ts";

/** Two accounts are one person's: what the former one holds, and ever held, is the current one's. */
export const joinItems = async (
  tx: Transaction,
  { joinId, pairs, cause }: AccountsJoined,
): Promise<void> => {
  const because = "They came back under another Sub Account";
  for (const { former, current } of pairs) {
    await endRecoveries(tx, [former, ...leavers(current)], { because, cause });
    const ids = { joinId, formerAccountId: former.id, accountId: current.id };
    const moved = await moveCustodies(tx, ids);
    await recordMoves(tx, moved, { cause, tenantId: current.tenantId, ...ids });
    await openRecoveries(tx, {
      accounts: leavers(current),
      cause,
      reason: "Left with these items",
    });
  }
};

/** They are two people after all: each has what they had, and a recovery opens for whoever is Disabled. */
export const giveBackItems = async (
  tx: Transaction,
  { joinId, pairs, cause }: AccountsJoined,
): Promise<void> => {
  const reason = "Not the same person as the one who came back";
  for (const { former, current } of pairs) {
    await endRecoveries(tx, leavers(current), { because: reason, cause });
    const ids = { joinId, formerAccountId: former.id, accountId: current.id };
    const moved = await moveCustodiesBack(tx, ids);
    await recordMoves(tx, moved, {
      cause,
      tenantId: current.tenantId,
      formerAccountId: current.id,
      accountId: former.id,
    });
    await openRecoveries(tx, { accounts: [former, current].flatMap(leavers), cause, reason });
  }
};

type Account = AccountsJoined["pairs"][number]["former"];

const leavers = (account: Account): Account[] => (account.status === "disabled" ? [account] : []);

type Move = {
  readonly cause: Cause;
  readonly tenantId: string;
  readonly formerAccountId: string;
  readonly accountId: string;
};

/** Assets that are held now get a line in their history. */
const recordMoves = async (
  tx: Transaction,
  moved: readonly { readonly id: string; readonly isOpen: boolean }[],
  { cause, tenantId, formerAccountId, accountId }: Move,
): Promise<void> => {
  const open = moved.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const custodies = await listCustodiesByIds(tx, open);
  record(
    tx,
    cause,
    custodies.map(({ id, asset, account }): Change => ({
      action: "custody.moved",
      sentence: `Now with another Sub Account of ${account.name}`,
      subject: {
        kind: "asset",
        id: asset.id,
        name: nameAsset({ ...asset, name: asset.name || null }),
      },
      tenantId,
      before: { custodyId: id, accountId: formerAccountId },
      after: { custodyId: id, accountId, holder: account.name },
    })),
  );
};
