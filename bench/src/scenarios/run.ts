import type { Contender, ContenderName, Running } from "../contenders/contender.ts";
import type { Recorder } from "../measure/recorder.ts";
import type { Postgres } from "../postgres/start-postgres.ts";

/** A contender in this run, with what it is known to hold. */
export type Participant = {
  readonly contender: Contender;
  readonly running: Running;
  /** Ids in the order of the people's numbers. */
  readonly people: string[];
  /** Why it takes no further part: its limit, or too slow for the time there is. */
  retired?: string;
};

/** What is not a latency: what was stored, counted, peaked. */
export type Fact = {
  readonly contender: ContenderName;
  readonly topic: string;
  readonly people: number;
  readonly values: Readonly<Record<string, number | string>>;
};

export type Run = {
  readonly folder: string;
  readonly postgres: Postgres;
  readonly contenders: readonly Contender[];
  readonly participants: readonly Participant[];
  readonly recorder: Recorder;
  readonly facts: Fact[];
  /** People in the stores, as the plan counts them. */
  level: number;
  /** On the clock of `performance.now()`. Past it nothing new is begun, and what was measured is reported. */
  deadline: number;
};

export const isOver = ({ deadline }: Run): boolean => performance.now() >= deadline;

export const active = (run: Run): Participant[] =>
  run.participants.filter(({ retired }) => retired === undefined);

/** Every contender, each round in another order, so that none is always the one after a checkpoint or a noisy neighbour. */
export const inTurns = (run: Run, round: number): Participant[] => {
  const participants = active(run);
  return round % 2 === 0 ? participants : participants.toReversed();
};
