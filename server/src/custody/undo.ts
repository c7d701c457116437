import { lockAccount } from "#accounts";
import { lockAsset } from "#assets";
import type { AnyReversal, Irreversible, Reversal } from "#ledger";
import { checkIn } from "./check-in.ts";
import { checkOut } from "./check-out.ts";
import { custodyPermissions } from "./permissions.ts";
import { findOpenCustody } from "./store/custodies.ts";

type Held = {
  readonly custodyId: string | null;
  readonly holderId: string | null;
  readonly dueOn: string | null;
  readonly note: string | null;
};

const nobody: Held = { custodyId: null, holderId: null, dueOn: null, note: null };

/** What was handed out comes back, what came back is handed out again: the record of both stays. */
const holder: Reversal<Held> = {
  name: "custody.holder",
  label: "Holder",
  actions: ["custody.checked-out", "custody.checked-in", "custody.written-off"],
  permissions: [custodyPermissions["check-out"], custodyPermissions["check-in"]],
  read: async (tx, assetId, hold) => {
    if (hold) {
      const seen = await findOpenCustody(tx, assetId);
      if (seen !== undefined) await lockAccount(tx, seen.accountId);
      await lockAsset(tx, assetId);
    }
    const open = await findOpenCustody(tx, assetId);
    if (open === undefined) return nobody;
    const { id: custodyId, accountId: holderId, dueOn, note } = open;
    return { custodyId, holderId, dueOn, note };
  },
  back: (held, { action, before, after }) => {
    if (action === "custody.checked-out")
      return held.custodyId === after["custodyId"]
        ? { state: nobody }
        : { why: "It changed hands since." };
    if (held.custodyId !== null) return { why: "Somebody holds it since." };
    return {
      state: {
        custodyId: String(before["custodyId"]),
        holderId: String(before["accountId"]),
        dueOn: (before["dueOn"] as string | undefined) ?? null,
        note: null,
      },
    };
  },
  write: async (tx, { subjectId: assetId, current, wanted, cause }) => {
    const { holderId, dueOn, note } = { ...current, ...wanted };
    if (current.holderId !== null)
      await checkIn(tx, { assetId, outcome: "returned", note: null, cause });
    if (holderId !== null) await checkOut(tx, { assetId, accountId: holderId, dueOn, note, cause });
  },
};

/** How the deeds of this module are undone. */
export const custodyReversals: AnyReversal[] = [holder];

export const custodyIrreversible: Irreversible[] = [
  {
    actions: ["custody.moved"],
    why: "It moved with the person, who was joined with another or taken apart from them. Do the opposite on the person's page.",
  },
  {
    actions: ["recovery.opened", "recovery.closed"],
    why: "It followed from somebody leaving, coming back or returning items, and goes back with that.",
    isConsequence: true,
  },
];
