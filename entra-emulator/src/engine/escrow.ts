import type { Escrow } from "./job-state.ts";
import type { ProvisioningError } from "./provisioning-error.ts";

const hour = 3_600_000;
/** In hours; from then on daily. */
const firstRetries = [6, 12];
const lastDay = 28;

/**
 * Puts a failed object in escrow, or keeps it there: retries come 6, 12 and 24 hours after the first failure, then daily
 * until day 28 (§2.6); outages are tried again in the next cycle (§2.9).
 */
export function escrowFailure(
  known: Escrow | undefined,
  error: ProvisioningError,
  fingerprint: string,
  now: Date,
): Escrow {
  const isRepeated = known !== undefined && known.fingerprint === fingerprint;
  const firstFailed = isRepeated ? known.firstFailed : now.toISOString();
  return {
    code: error.code,
    firstFailed,
    attempts: isRepeated ? known.attempts + 1 : 0,
    nextAttempt:
      error.retry === "next-cycle" ? now.toISOString() : scheduleRetry(new Date(firstFailed), now),
    fingerprint,
  };
}

/** Tells whether an object in escrow is tried in this cycle. */
export function isDue(escrow: Escrow, fingerprint: string, now: Date): boolean {
  if (escrow.fingerprint !== fingerprint) return true;
  return escrow.nextAttempt !== null && new Date(escrow.nextAttempt) <= now;
}

/** The end of Entra's log message about a retried operation. */
export function describeRetries(escrow: Escrow): string {
  const next =
    escrow.nextAttempt === null
      ? "It will not be retried again until the source object changes."
      : `It will be retried again after this date: ${escrow.nextAttempt}`;
  return `This operation was retried ${escrow.attempts} times. ${next}`;
}

function scheduleRetry(firstFailed: Date, now: Date): string | null {
  const elapsed = now.getTime() - firstFailed.getTime();
  for (let retry = 0; ; retry += 1) {
    const hours = firstRetries[retry] ?? 24 * (retry - 1);
    if (hours > 24 * lastDay) return null;
    if (hours * hour > elapsed) return new Date(firstFailed.getTime() + hours * hour).toISOString();
  }
}
