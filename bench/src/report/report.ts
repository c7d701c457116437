import type { ContenderName } from "../contenders/contender.ts";
import type { ForeignLoad } from "../measure/foreign-load.ts";
import type { Result } from "../measure/recorder.ts";
import type { Fact } from "../scenarios/run.ts";

/** A run's raw numbers: what is written as JSON, and what tables and chart are made of. */
export type Report = {
  readonly plan: string;
  readonly started: string;
  readonly minutes: number;
  readonly machine: {
    readonly cores: number;
    readonly gigabytes: number;
    readonly node: string;
    readonly postgres: string;
  };
  readonly foreignLoad: ForeignLoad;
  readonly contenders: readonly { readonly name: ContenderName; readonly description: string }[];
  readonly retired: readonly { readonly contender: ContenderName; readonly because: string }[];
  readonly leftOut: readonly string[];
  readonly results: readonly Result[];
  readonly facts: readonly Fact[];
};

type Wanted = Partial<Pick<Result, "scenario" | "kind" | "contender" | "people" | "concurrency">>;

/** The results with these properties. */
export const select = ({ results }: Report, wanted: Wanted): Result[] =>
  results.filter((result) =>
    Object.entries(wanted).every(([field, value]) => result[field as keyof Result] === value),
  );

export const find = (report: Report, wanted: Wanted): Result | undefined =>
  select(report, wanted)[0];

export const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
