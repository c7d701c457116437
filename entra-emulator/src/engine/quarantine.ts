import type { Counts } from "./provisioning-log.ts";

const baseThreshold = 5000;
const totalThreshold = 40_000;
const proportion = 0.4;

/** Gives the reason for which a cycle's failures put the job in quarantine, or undefined (§2.6). */
export function judgeFailures(counts: Counts): string | undefined {
  const { failed } = counts;
  if (failed > totalThreshold) return "EncounteredTotalEscrowThreshold";
  const succeeded =
    counts.created +
    counts.updated +
    counts.disabled +
    counts.restored +
    counts.deleted +
    counts.unchanged;
  const isMostly = failed > proportion * (failed + succeeded);
  return failed >= baseThreshold && isMostly ? "EncounteredEscrowProportionThreshold" : undefined;
}
