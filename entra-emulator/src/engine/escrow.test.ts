import { expect, test } from "vitest";
import { describeRetries, escrowFailure, isDue } from "./escrow.ts";
import type { Escrow } from "./job-state.ts";
import { ProvisioningError } from "./provisioning-error.ts";

const start = Date.parse("2026-11-01T00:00:00Z");
const at = (hours: number): Date => new Date(start + hours * 3_600_000);
const refusal = new ProvisioningError("Conflict", "taken");

test("retries come after 6, 12 and 24 hours, then daily until day 28 (§2.6)", () => {
  const hours: number[] = [];
  let escrow: Escrow | undefined;
  for (let now = 0; ;) {
    escrow = escrowFailure(escrow, refusal, "same", at(now));
    if (escrow.nextAttempt === null) break;
    now = (Date.parse(escrow.nextAttempt) - start) / 3_600_000;
    hours.push(now);
  }
  expect(hours.slice(0, 5)).toEqual([6, 12, 24, 48, 72]);
  expect(hours.at(-1)).toBe(28 * 24);
  expect(escrow.attempts).toBe(hours.length);
  expect(describeRetries(escrow)).toContain("will not be retried");
});

test("an object is due when its time has come or its source has changed", () => {
  const escrow = escrowFailure(undefined, refusal, "before", at(0));
  expect(isDue(escrow, "before", at(5.9))).toBe(false);
  expect(isDue(escrow, "before", at(6))).toBe(true);
  expect(isDue(escrow, "after", at(1))).toBe(true);
});

test("an outage is due in the next cycle, whenever that is", () => {
  const outage = new ProvisioningError("InternalServerError", "down", { retry: "next-cycle" });
  expect(isDue(escrowFailure(undefined, outage, "same", at(0)), "same", at(0))).toBe(true);
});
