import { appendFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import {
  createState,
  generateDirectory,
  loadDirectory,
  loadState,
  retellStory,
  runCycle,
  saveState,
  tellChapter,
} from "../index.ts";
import type { CycleOptions, CycleReport, Directory, JobState, LogEntry } from "../index.ts";
import type { Dialect } from "../scim/patch.ts";
import type { Preset } from "../mapping/presets.ts";
import type { ScopeMode } from "../scope/assignment.ts";
import {
  readChoice,
  readConnection,
  readCount,
  readMapping,
  readMoment,
  readNumber,
  withConnection,
  withMapping,
} from "./options.ts";
import type { ConnectionFlags } from "./options.ts";
import { showProgress } from "./progress.ts";
import { describeReport } from "./summary.ts";

type Flags = ConnectionFlags & {
  readonly preset: Preset;
  readonly mapping?: string;
  readonly directory?: string;
  readonly generate?: number;
  readonly seed: number;
  readonly scope: ScopeMode;
  readonly dialect?: Dialect;
  readonly state?: string;
  readonly concurrency: number;
  readonly membersPerPatch?: number;
  readonly throttled: "honour" | "escrow";
  readonly clear?: true;
  readonly deletionThreshold?: number;
  readonly giveUpAfter: number;
  readonly now?: number;
  readonly cycles: number;
  readonly every: number;
  readonly story?: true;
  readonly log?: string;
  readonly failOnWrite?: true;
  readonly json?: true;
};

/** `sync`: provisioning cycles. */
export function addSyncCommand(program: Command): void {
  withMapping(withConnection(program.command("sync")))
    .description(
      "Run provisioning cycles: Test Connection, users, groups, managers, members; only what differs is written",
    )
    .optionsGroup("What is provisioned:")
    .option(
      "--directory <file>",
      "a directory in Microsoft Graph's shapes (default: the sample organisation)",
    )
    .option("--generate <people>", "a made-up organisation of this size instead", readCount)
    .option("--seed <number>", "the seed of --generate and --story", readNumber, 1)
    .option(
      "--scope <mode>",
      "all, or assigned: only who is in the directory's appRoleAssignedTo",
      readChoice<ScopeMode>("all", "assigned"),
      "all",
    )
    .optionsGroup("How:")
    .option(
      "--dialect <name>",
      "legacy or compliant PATCH (default: legacy, or what the tenant URL's flag says)",
      readChoice<Dialect>("legacy", "compliant"),
    )
    .option("--state <file>", "keep links and watermark here: the next run is an incremental cycle")
    .option(
      "--concurrency <number>",
      "requests in flight; on one group never more than 5",
      readCount,
      5,
    )
    .option(
      "--members-per-patch <number>",
      "members in one PATCH (default: 1 in an initial cycle, 50 in an incremental one)",
      readCount,
    )
    .option(
      "--throttled <policy>",
      "429: honour Retry-After, or escrow the object",
      readChoice("honour", "escrow"),
      "honour",
    )
    .option("--clear", "remove attributes that became empty at the source (Entra does not)")
    .option(
      "--deletion-threshold <number>",
      "stage disables and deletes when a cycle has more of them",
      readNumber,
    )
    .option(
      "--give-up-after <number>",
      "stop the cycle when the target is unreachable this often in a row",
      readCount,
      10,
    )
    .option(
      "--now <date>",
      "the job's clock: a date, or +31d (deleted users are purged after 30 days)",
      readMoment,
    )
    .optionsGroup("How long:")
    .option("--cycles <number>", "how many cycles to run", readCount, 1)
    .option(
      "--every <seconds>",
      "from the end of a cycle to the start of the next",
      readNumber,
      2400,
    )
    .option("--story", "between cycles somebody joins, moves, leaves or returns")
    .optionsGroup("What is told:")
    .option("--log <file>", "append the provisioning log here, one JSON object a line")
    .option("--fail-on-write", "exit 3 when the target was not up to date already")
    .option("--json", "print the summary of each cycle as one line of JSON")
    .action(runSync);
}

async function runSync(flags: Flags): Promise<void> {
  const state = flags.state === undefined ? createState() : await loadState(flags.state);
  let directory = await readDirectory(flags);
  directory = retellStory(directory, state.storySeed, state.chapters);
  const options = await readOptions(flags);
  const begun = Date.now();
  let exitCode = 0;
  for (let cycle = 1; cycle <= flags.cycles; cycle += 1) {
    // Without a state file each run is an initial cycle; within a run the cycles share their state.
    const report = await runOne(flags, { ...options, directory, state }, Date.now() - begun);
    exitCode = worse(exitCode, judge(report, flags));
    if (cycle === flags.cycles) break;
    await sleep(flags.every * 1000);
    if (flags.story === true) directory = advanceStory(directory, state, flags);
  }
  process.exitCode = exitCode;
}

async function runOne(flags: Flags, options: CycleOptions, elapsed: number): Promise<CycleReport> {
  const entries: LogEntry[] = [];
  const writeLog = async (): Promise<void> => {
    const lines = entries.splice(0).map((entry) => `${JSON.stringify(entry)}\n`);
    if (flags.log !== undefined && lines.length > 0) await appendFile(flags.log, lines.join(""));
  };
  const progress = showProgress(flags.json !== true);
  const { state: file } = flags;
  const report = await runCycle({
    ...options,
    ...(flags.now === undefined ? {} : { now: new Date(flags.now + elapsed) }),
    onProgress: progress.advance,
    onEntry: (entry) => {
      if (flags.log !== undefined) entries.push(entry);
    },
    onCheckpoint: async (state) => {
      await writeLog();
      if (file !== undefined) await saveState(file, state);
    },
  });
  await writeLog();
  progress.stop();
  console.log(flags.json === true ? JSON.stringify(withoutState(report)) : describeReport(report));
  return report;
}

async function readDirectory({ directory, generate, seed }: Flags): Promise<Directory> {
  return generate === undefined ? loadDirectory(directory) : generateDirectory(generate, seed);
}

async function readOptions(flags: Flags): Promise<Omit<CycleOptions, "directory">> {
  return {
    connection: readConnection(flags),
    mapping: await readMapping(flags),
    scope: flags.scope,
    concurrency: flags.concurrency,
    throttling: flags.throttled,
    clears: flags.clear === true,
    giveUpAfter: flags.giveUpAfter,
    ...(flags.dialect === undefined ? {} : { dialect: flags.dialect }),
    ...(flags.membersPerPatch === undefined ? {} : { membersPerPatch: flags.membersPerPatch }),
    ...(flags.deletionThreshold === undefined
      ? {}
      : { deletionThreshold: flags.deletionThreshold }),
  };
}

function advanceStory(directory: Directory, state: JobState, flags: Flags): Directory {
  if (state.chapters === 0) state.storySeed = flags.seed;
  const chapter = tellChapter(directory, state.storySeed, state.chapters);
  state.chapters += 1;
  for (const { sentence } of chapter.events)
    (flags.json === true ? console.error : console.log)(`• ${sentence}`);
  return chapter.directory;
}

function judge(report: CycleReport, flags: Flags): number {
  if (report.counts.failed > 0 || report.outcome === "interrupted") return 1;
  if (report.outcome === "quarantined") return report.reason === "TooManyDeletes" ? 1 : 2;
  return flags.failOnWrite === true && report.writes > 0 ? 3 : 0;
}

/** Failures outrank a connection that failed once, and that outranks a write. */
function worse(one: number, other: number): number {
  const ranks = [0, 3, 2, 1];
  return ranks.indexOf(one) > ranks.indexOf(other) ? one : other;
}

function withoutState(report: CycleReport): Omit<CycleReport, "state"> {
  const { state: _state, ...rest } = report;
  return rest;
}
