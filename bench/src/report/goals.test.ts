import { expect, test } from "vitest";
import type { ContenderName } from "../contenders/contender.ts";
import type { Result } from "../measure/recorder.ts";
import { judgeGoals } from "./goals.ts";
import type { Report } from "./report.ts";

const rate = (contender: ContenderName, perSecond: number): Result => ({
  scenario: "sync",
  kind: "all",
  contender,
  people: 0,
  concurrency: 8,
  requests: 1,
  failures: 0,
  perSecond,
});

const probed = (people: number, p50: number): Result => ({
  scenario: "probe",
  kind: "userName eq",
  contender: "muster",
  people,
  concurrency: 1,
  requests: 1,
  failures: 0,
  p50,
});

const reportOf = (results: Result[], facts: Report["facts"] = []): Report => ({
  plan: "quick",
  started: "2026-01-01T00:00:00.000Z",
  minutes: 1,
  machine: { cores: 2, gigabytes: 4, node: "24", postgres: "18" },
  foreignLoad: { p50: 0, p99: 0, mean: 0 },
  contenders: [],
  retired: [],
  leftOut: [],
  results,
  facts,
});

const verdictOn = (report: Report, goal: RegExp) =>
  judgeGoals(report).find(([name]) => goal.test(name))?.[2];

const race = (addsStored: string) => ({
  contender: "muster" as const,
  topic: "race",
  people: 1000,
  values: { addsStored, addsRefused: 0, patchesStored: "10 of 10", patchesRefused: 0 },
});

const cases: [string, Report, RegExp, string][] = [
  ["a fast sync", reportOf([rate("floor", 100), rate("muster", 60)]), /floor/, "met"],
  ["a slow sync", reportOf([rate("floor", 100), rate("muster", 35)]), /floor/, "missed by 0.25"],
  ["no peer", reportOf([rate("floor", 100), rate("muster", 60)]), /peer/, "not measured"],
  ["a flat filter", reportOf([probed(1000, 1), probed(9000, 1.1)]), /^userName/, "met"],
  ["a growing filter", reportOf([probed(1000, 1), probed(9000, 2)]), /^userName/, "missed by 0.80"],
  ["all adds stored", reportOf([], [race("30 of 30")]), /^30 of 30/, "met"],
  ["a lost add", reportOf([], [race("29 of 30")]), /^30 of 30/, "missed"],
];

test.each(cases)("a goal is judged: %s", (_name, report, goal, verdict) => {
  expect(verdictOn(report, goal)).toBe(verdict);
});
