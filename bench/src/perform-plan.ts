import type { Step } from "./plan.ts";
import { countDatabaseWork } from "./scenarios/count-database-work.ts";
import { fill, noteMemory } from "./scenarios/fill.ts";
import { growGroup } from "./scenarios/grow-group.ts";
import { incrementalCycle } from "./scenarios/incremental-cycle.ts";
import { probe } from "./scenarios/probe.ts";
import { race } from "./scenarios/race.ts";
import { active, isOver, type Run } from "./scenarios/run.ts";
import { sync } from "./scenarios/sync.ts";
import { walk } from "./scenarios/walk.ts";

const perform = (run: Run, step: Step): Promise<void> => {
  switch (step.do) {
    case "count":
      return countDatabaseWork(run, step);
    case "sync":
      return sync(run, step);
    case "fill":
      return fill(run, step);
    case "probe":
      return probe(run, step);
    case "cycle":
      return incrementalCycle(run, step);
    case "grow group":
      return growGroup(run, step);
    case "walk":
      return walk(run, step);
    case "race":
      return race(run);
  }
};

/** Performs the steps of a plan in order, until the run's deadline. Gives those that were left out or cut short. */
export const performPlan = async (run: Run, plan: readonly Step[]): Promise<string[]> => {
  const leftOut: string[] = [];
  for (const step of plan) {
    const described = describe(step);
    if (isOver(run) || active(run).length === 0) {
      leftOut.push(described);
      continue;
    }
    const started = performance.now();
    process.stdout.write(`${described} … `);
    await perform(run, step);
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (isOver(run)) leftOut.push(`the rest of ${described}`);
  }
  noteMemory(run, "at the end");
  return leftOut;
};

const describe = (step: Step): string =>
  Object.entries(step)
    .map(([name, value]) => (name === "do" ? value : `${name} ${value}`))
    .join(", ");
