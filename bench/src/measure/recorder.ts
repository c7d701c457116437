import type { ContenderName } from "../contenders/contender.ts";
import { quantile } from "./quantile.ts";

/** What a measurement is of. */
export type Slot = {
  readonly scenario: string;
  /** The kind of request, or `all` for a mix of them. */
  readonly kind: string;
  readonly contender: ContenderName;
  /** People in the store, as the plan counts them. */
  readonly people: number;
  readonly concurrency: number;
};

/** Time that a stretch of requests took: on the clock, and of the processors. */
export type Stretch = {
  readonly requests: number;
  readonly millis: number;
  readonly serverCpu: number;
  readonly postgresCpu: number;
  readonly loadCpu: number;
};

export type Result = Slot & {
  readonly requests: number;
  readonly failures: number;
  readonly firstFailure?: string;
  readonly p50?: number;
  readonly p99?: number;
  readonly perSecond?: number;
  /** Milliseconds of processor for each request. */
  readonly serverCpu?: number;
  readonly postgresCpu?: number;
  readonly loadCpu?: number;
};

type Entry = { slot: Slot; latencies: number[]; failures: string[]; stretches: Stretch[] };

/** Keeps every latency, exactly as measured. */
export type Recorder = {
  add(slot: Slot, millis: number): void;
  addFailure(slot: Slot, reason: string): void;
  addStretch(slot: Slot, stretch: Stretch): void;
  results(): Result[];
};

export const createRecorder = (): Recorder => {
  const entries = new Map<string, Entry>();
  const entryOf = (slot: Slot): Entry => {
    const key = [slot.scenario, slot.people, slot.concurrency, slot.kind, slot.contender].join("|");
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { slot, latencies: [], failures: [], stretches: [] };
      entries.set(key, entry);
    }
    return entry;
  };
  return {
    add: (slot, millis) => void entryOf(slot).latencies.push(millis),
    addFailure: (slot, reason) => void entryOf(slot).failures.push(reason),
    addStretch: (slot, stretch) => void entryOf(slot).stretches.push(stretch),
    results: () => [...entries.values()].map(summarize),
  };
};

const summarize = ({ slot, latencies, failures, stretches }: Entry): Result => {
  const sorted = latencies.toSorted((one, other) => one - other);
  const sum = (field: keyof Stretch) => stretches.reduce((total, one) => total + one[field], 0);
  const requests = sum("requests");
  return withoutUndefined({
    ...slot,
    requests: latencies.length || requests,
    failures: failures.length,
    firstFailure: failures[0],
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    ...(requests > 0 && {
      perSecond: requests / (sum("millis") / 1000),
      serverCpu: sum("serverCpu") / requests,
      postgresCpu: sum("postgresCpu") / requests,
      loadCpu: sum("loadCpu") / requests,
    }),
  }) as Result;
};

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
