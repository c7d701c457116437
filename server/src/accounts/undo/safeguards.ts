import { isDeepStrictEqual } from "node:util";
import type { Jobs } from "#jobs";
import type { Reversal } from "#ledger";
import { changeSafeguard } from "../change-safeguard.ts";
import { findDefaultRole } from "../store/rules.ts";
import { findSafeguard, type Safeguard } from "../store/safeguards.ts";

type Safeguards = Pick<Safeguard, "mode" | "guard">;

/** The dry run's switch and the guard's numbers. What was let go when a dry run ended stays. */
export const safeguards = (jobs: Jobs): Reversal<Safeguards> => ({
  name: "connection.safeguards",
  label: "Safeguards",
  actions: ["connection.safeguard-changed"],
  permissions: ["provisioning:edit"],
  opening: (connectionId) => ({ hold: { key: connectionId, mode: "exclusive" } }),
  read: async (tx, connectionId) => {
    if ((await findDefaultRole(tx, connectionId)) === undefined) return undefined;
    const { mode, guard } = await findSafeguard(tx, connectionId);
    return { mode, guard };
  },
  back: (state, entry) => {
    const before = entry.before as Safeguards;
    const after = entry.after as Safeguards;
    const isModeMeant = before.mode !== after.mode;
    const isGuardMeant = !isDeepStrictEqual(before.guard, after.guard);
    if (isModeMeant && state.mode !== after.mode)
      return { why: "A dry run was started or ended since." };
    if (isGuardMeant && !isDeepStrictEqual(state.guard, after.guard))
      return { why: "The guard was set otherwise since." };
    return {
      state: {
        mode: isModeMeant ? before.mode : state.mode,
        guard: isGuardMeant ? before.guard : state.guard,
      },
    };
  },
  consequence: (_now, { mode }) => {
    if (mode === "dry-run")
      return "The dry run goes on: what took effect when it ended stays, and what the directory says from then on is held.";
    return mode === "live"
      ? "The dry run ends: all that it holds takes effect, in the background."
      : null;
  },
  write: async (tx, { subjectId: connectionId, wanted, cause }) => {
    await changeSafeguard(tx, jobs, { connectionId, cause, wanted });
  },
});
