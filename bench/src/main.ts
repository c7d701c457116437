import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chooseContenders } from "./contenders/choose.ts";
import type { Contender } from "./contenders/contender.ts";
import { watchForeignLoad } from "./measure/foreign-load.ts";
import { createRecorder } from "./measure/recorder.ts";
import { performPlan } from "./perform-plan.ts";
import { limitPlan, plans } from "./plan.ts";
import { startPostgres, type Postgres } from "./postgres/start-postgres.ts";
import { drawReport } from "./report/chart.ts";
import type { Report } from "./report/report.ts";
import { writeTables } from "./report/tables.ts";
import type { Participant, Run } from "./scenarios/run.ts";

const bench = fileURLToPath(new URL("..", import.meta.url));
const usage =
  "npm run bench -- [--quick] [--only floor,muster,…] [--minutes 40] [--people 30000] [--publish]";

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    minutes: { type: "string" },
    people: { type: "string" },
    publish: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (asked.help) {
  console.log(usage);
  process.exit(0);
}

const minutes = Number(asked.minutes ?? (asked.quick ? 3 : 40));
const contenders = await chooseContenders(asked.only?.split(","), asked.quick);
const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
const closing: (() => Promise<void>)[] = [];
const cleanUp = async () => {
  while (closing.length > 0) await closing.pop()?.();
  rmSync(folder, { recursive: true, force: true });
};

/** The first signal ends the measuring, and what there is becomes the report; the second ends the process. */
const endAtSignal = (run: Run) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (run.deadline === 0) void cleanUp().finally(() => process.exit(130));
      run.deadline = 0;
    });
};

const startParticipants = async (postgres: Postgres): Promise<Participant[]> => {
  const participants: Participant[] = [];
  for (const contender of contenders) {
    const running = await contender.start(await postgres.createDatabase(contender.name));
    closing.push(() => running.stop());
    participants.push({ contender, running, people: [] });
  }
  return participants;
};

const measure = async (): Promise<Report> => {
  const started = new Date();
  const load = watchForeignLoad();
  const postgres = await startPostgres(folder);
  closing.push(() => postgres.stop());
  const participants = await startParticipants(postgres);
  const run: Run = {
    folder,
    postgres,
    contenders,
    participants,
    recorder: createRecorder(),
    facts: [],
    level: 0,
    deadline: performance.now() + minutes * 60_000,
  };
  endAtSignal(run);
  const whole = asked.quick ? plans.quick : plans.full;
  const plan = asked.people === undefined ? whole : limitPlan(whole, Number(asked.people));
  const leftOut = await performPlan(run, plan);
  return {
    plan: asked.quick ? "quick" : "full",
    started: started.toISOString(),
    minutes: (Date.now() - started.getTime()) / 60_000,
    machine: {
      cores: cpus().length,
      gigabytes: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
      postgres: postgres.version,
    },
    foreignLoad: load.stop(),
    contenders: contenders.map(({ name, description }: Contender) => ({ name, description })),
    retired: participants.flatMap(({ contender, retired }) =>
      retired === undefined ? [] : [{ contender: contender.name, because: retired }],
    ),
    leftOut,
    results: run.recorder.results(),
    facts: run.facts,
  };
};

const write = (report: Report) => {
  const tables = writeTables(report);
  const name = report.started.replaceAll(/[:.]/g, "-");
  const results = join(bench, "results");
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.json`), JSON.stringify(report, null, 1));
  writeFileSync(join(results, `${name}.md`), tables);
  writeFileSync(join(results, `${name}.svg`), drawReport(report));
  if (asked.publish) {
    writeFileSync(join(bench, "REPORT.md"), tables);
    writeFileSync(join(bench, "report.svg"), drawReport(report));
  }
  console.log(`\n${tables}\nThe numbers, the table and the chart: bench/results/${name}.*`);
};

try {
  write(await measure());
} finally {
  await cleanUp();
}
