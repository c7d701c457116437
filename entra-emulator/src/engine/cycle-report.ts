import type { Exchange, Verb } from "../scim/client.ts";
import type { CycleKind } from "./job.ts";
import type { JobState } from "./job-state.ts";
import { redundant, startTally, tally } from "./provisioning-log.ts";
import type { Counts, LogEntry } from "./provisioning-log.ts";

export type Failure = {
  readonly kind: LogEntry["kind"];
  readonly identity: string;
  readonly action: LogEntry["action"];
  readonly code: string;
  /** The raw answer of the server: what the customer's administrator reads. */
  readonly detail: string;
};

export type CycleReport = {
  readonly kind: CycleKind;
  /** `interrupted`: the target went away; `quarantined`: the job would be slowed down by Entra. */
  readonly outcome: "completed" | "interrupted" | "quarantined";
  readonly reason: string | undefined;
  readonly counts: Counts;
  /** How many objects were skipped, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  readonly requests: Readonly<Record<Verb, number>>;
  /** POST, PATCH, PUT and DELETE requests sent. */
  readonly writes: number;
  readonly milliseconds: number;
  /** The slowest answer, and the median of all. */
  readonly latency: { readonly median: number; readonly slowest: number };
  readonly state: JobState;
};

export type ReportInProgress = {
  readonly counts: Counts;
  readonly write: (entry: LogEntry) => void;
  readonly observe: (exchange: Exchange) => void;
  readonly unreachableInARow: () => number;
  readonly finish: (
    outcome: CycleReport["outcome"],
    state: JobState,
    reason?: string,
  ) => CycleReport;
};

/** Starts the report of one cycle; log entries and exchanges are passed on to the listeners. */
export function startReport(
  kind: CycleKind,
  onEntry: ((entry: LogEntry) => void) | undefined,
  onExchange: ((exchange: Exchange) => void) | undefined,
): ReportInProgress {
  const begun = performance.now();
  const counts = startTally();
  const skipped: Record<string, number> = {};
  const failures: Failure[] = [];
  const requests: Record<Verb, number> = { GET: 0, POST: 0, PATCH: 0, PUT: 0, DELETE: 0 };
  const latencies: number[] = [];
  let unreachable = 0;

  return {
    counts,
    write: (entry) => {
      tally(counts, entry);
      if (entry.status === "skipped" && entry.reason !== undefined && entry.reason !== redundant) {
        skipped[entry.reason] = (skipped[entry.reason] ?? 0) + 1;
      }
      if (entry.error !== undefined) {
        const { code, webResponse, message } = entry.error;
        const { kind, identity, action } = entry;
        failures.push({
          kind,
          identity,
          action,
          code,
          detail: webResponse === "" ? message : webResponse,
        });
      }
      onEntry?.(entry);
    },
    observe: (exchange) => {
      requests[exchange.call.verb] += 1;
      latencies.push(exchange.milliseconds);
      unreachable = exchange.failure?.isUnreachable === true ? unreachable + 1 : 0;
      onExchange?.(exchange);
    },
    unreachableInARow: () => unreachable,
    finish: (outcome, state, reason) => {
      const ordered = latencies.sort((one, other) => one - other);
      return {
        kind,
        outcome,
        reason,
        counts,
        skipped,
        failures,
        requests,
        writes: requests.POST + requests.PATCH + requests.PUT + requests.DELETE,
        milliseconds: performance.now() - begun,
        latency: {
          median: ordered[Math.floor(ordered.length / 2)] ?? 0,
          slowest: ordered.at(-1) ?? 0,
        },
        state,
      };
    },
  };
}
