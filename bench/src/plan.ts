import type { CountStep } from "./scenarios/count-database-work.ts";
import type { FillStep } from "./scenarios/fill.ts";
import type { GrowGroupStep } from "./scenarios/grow-group.ts";
import type { CycleStep } from "./scenarios/incremental-cycle.ts";
import type { ProbeStep } from "./scenarios/probe.ts";
import type { SyncStep } from "./scenarios/sync.ts";
import type { WalkStep } from "./scenarios/walk.ts";

/** One thing after another, on stores that grow. */
export type Step =
  | ({ readonly do: "count" } & CountStep)
  | ({ readonly do: "sync" } & SyncStep)
  | ({ readonly do: "fill" } & FillStep)
  | ({ readonly do: "probe" } & ProbeStep)
  | ({ readonly do: "cycle" } & CycleStep)
  | ({ readonly do: "grow group" } & GrowGroupStep)
  | ({ readonly do: "walk" } & WalkStep)
  | { readonly do: "race" };

const quick: readonly Step[] = [
  { do: "count", requests: 10 },
  { do: "sync", people: 900, groups: 16, concurrency: 8, seconds: 20 },
  { do: "sync", people: 100, groups: 2, concurrency: 1, seconds: 10 },
  { do: "fill", to: 1000, seconds: 20 },
  { do: "probe", requests: 40, rounds: 3 },
  { do: "fill", to: 5000, seconds: 30 },
  { do: "probe", requests: 40, rounds: 3 },
  { do: "cycle", changes: 100, rounds: 2 },
  { do: "grow group", members: 5000, seconds: 20 },
  { do: "walk", seconds: 20 },
  { do: "race" },
];

const full: readonly Step[] = [
  { do: "count", requests: 20 },
  { do: "fill", to: 1000, seconds: 40 },
  { do: "probe", requests: 40, rounds: 3 },
  { do: "cycle", changes: 100, rounds: 2 },
  { do: "race" },
  { do: "sync", people: 3000, groups: 48, concurrency: 8, seconds: 30 },
  { do: "sync", people: 300, groups: 4, concurrency: 1, seconds: 8 },
  { do: "fill", to: 10_000, seconds: 30 },
  { do: "probe", requests: 40, rounds: 3 },
  { do: "cycle", changes: 100, rounds: 2 },
  { do: "walk", seconds: 20 },
  { do: "grow group", members: 5000, seconds: 10 },
  { do: "fill", to: 20_000, seconds: 120 },
  { do: "fill", to: 100_000, seconds: 600 },
  { do: "probe", requests: 40, rounds: 3 },
  { do: "cycle", changes: 100, rounds: 2 },
  { do: "race" },
  { do: "walk", seconds: 150 },
  { do: "grow group", members: 50_000, seconds: 60 },
];

export const plans = { quick, full };

/** The plan with no store larger than `people`, and groups in proportion. */
export const limitPlan = (plan: readonly Step[], people: number): Step[] =>
  plan.map((step) => {
    if (step.do === "fill") return { ...step, to: Math.min(step.to, people) };
    if (step.do === "grow group")
      return { ...step, members: Math.min(step.members, (people * 2) / 3) };
    return step;
  });
