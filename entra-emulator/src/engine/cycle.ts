import type { Directory } from "../directory/model.ts";
import { prepareMappings } from "../mapping/load.ts";
import type { Mappings, MappingTable } from "../mapping/model.ts";
import { presets } from "../mapping/presets.ts";
import { resolveAssignment } from "../scope/assignment.ts";
import type { Assignment, ScopeMode } from "../scope/assignment.ts";
import { openScimClient } from "../scim/client.ts";
import type { Credentials, Exchange } from "../scim/client.ts";
import type { Dialect } from "../scim/patch.ts";
import { readTenantUrl } from "../scim/tenant-url.ts";
import { workConcurrently } from "./concurrently.ts";
import { startReport } from "./cycle-report.ts";
import type { CycleReport } from "./cycle-report.ts";
import type { CycleKind, Job, Phase } from "./job.ts";
import { createState } from "./job-state.ts";
import type { JobState } from "./job-state.ts";
import { isDeletionDue, isGroupInCycle, provisionGroup } from "./provision-group.ts";
import { isDepartureDue, isUserInCycle, provisionUser } from "./provision-user.ts";
import type { LogEntry } from "./provisioning-log.ts";
import { judgeFailures } from "./quarantine.ts";
import { setManagers } from "./set-managers.ts";
import { evaluateGroups, evaluateUsers } from "./source-objects.ts";
import type { SourceGroup, SourceUser } from "./source-objects.ts";
import { syncMembers } from "./sync-members.ts";
import { openTarget } from "./target.ts";
import { probeConnection } from "./test-connection.ts";
import type { ProbeOptions } from "./test-connection.ts";

export type Connection = Credentials & {
  /** The Tenant URL as pasted, flags and all. */
  readonly url: string;
  readonly timeoutMilliseconds?: number;
};

export type CycleOptions = {
  readonly connection: Connection;
  readonly directory: Directory;
  /** Default: the shipped `mail` preset. */
  readonly mapping?: MappingTable;
  /** Overrides the flag in the Tenant URL; default legacy. */
  readonly dialect?: Dialect;
  readonly scope?: ScopeMode;
  /** Who is assigned; default: worked out of the directory by `scope`. */
  readonly assignment?: Assignment;
  /** Brought up to date in place. Without one every cycle is an initial one. */
  readonly state?: JobState;
  readonly now?: Date;
  /** Requests in flight; on one group never more than five. */
  readonly concurrency?: number;
  /** Default: 1 in an initial cycle, 50 in an incremental one. */
  readonly membersPerPatch?: number;
  readonly throttling?: "honour" | "escrow";
  /** Clears attributes that became empty; Entra does not (§3.5). */
  readonly clears?: boolean;
  /** More disables and deletes than this in one cycle are staged instead of sent (§2.7). */
  readonly deletionThreshold?: number;
  /** Unreachable this often in a row, the cycle is given up. */
  readonly giveUpAfter?: number;
  readonly onProgress?: (phase: Phase, done: number, total: number) => void;
  readonly onEntry?: (entry: LogEntry) => void;
  readonly onExchange?: (exchange: Exchange) => void;
  /** Called now and then, and at the end, for the state to be kept. */
  readonly onCheckpoint?: (state: JobState) => Promise<void>;
};

const checkpointEvery = 250;

/**
 * Runs one provisioning cycle: credential probe; users, groups (empty), managers, members; watermark (§2.1).
 * A cycle that is interrupted keeps the links it made but not its watermark, so that the next one looks again at
 * everything it would have. Gives the report. Throws MappingError, TenantUrlError, and what a callback throws.
 */
export async function runCycle(options: CycleOptions): Promise<CycleReport> {
  const mappings = prepareMappings(options.mapping ?? presets.mail);
  const { url, ...signIn } = options.connection;
  const { base, dialect } = readTenantUrl(url);
  const state = options.state ?? createState();
  const configuration = `${mappings.fingerprint} ${options.scope ?? "all"}`;
  const isIncremental = state.watermark !== null && state.configuration === configuration;
  const kind: CycleKind = isIncremental ? "incremental" : "initial";
  const report = startReport(kind, options.onEntry, options.onExchange);
  const client = openScimClient({
    ...signIn,
    base,
    throttling: options.throttling ?? "honour",
    onExchange: report.observe,
  });
  try {
    const probe = await probeConnection(client, { attributes: probedAttributes(mappings) });
    if (!probe.isSuccessful) {
      const problem = probe.probes.find((one) => one.problem !== undefined)?.problem ?? "";
      const reason = `EncounteredQuarantineException: ${problem}`;
      state.quarantine ??= { reason, began: (options.now ?? new Date()).toISOString() };
      await options.onCheckpoint?.(state);
      return report.finish("quarantined", state, reason);
    }
    const job: Job = {
      kind,
      directory: options.directory,
      mappings,
      dialect: options.dialect ?? dialect ?? "legacy",
      target: openTarget(client),
      state,
      now: options.now ?? new Date(),
      concurrency: options.concurrency ?? 5,
      membersPerPatch: options.membersPerPatch ?? (kind === "initial" ? 1 : 50),
      clears: options.clears ?? false,
      stagesDeletes: false,
      created: new Set(),
      seenManagers: new Map(),
      owners: findOwners(state),
      snapshots: new Map(),
      write: report.write,
      advance: (phase, done, total) => options.onProgress?.(phase, done, total),
      isGivenUp: () => report.unreachableInARow() >= (options.giveUpAfter ?? 10),
    };
    return await runPhases(job, options, configuration, report);
  } finally {
    client.close();
  }
}

async function runPhases(
  job: Job,
  options: CycleOptions,
  configuration: string,
  report: ReturnType<typeof startReport>,
): Promise<CycleReport> {
  const { directory, mappings, state, now } = job;
  const assignment = options.assignment ?? resolveAssignment(directory, options.scope ?? "all");
  const sources = { directory, mappings, assignment, state, now };
  const users = mappings.users.enabled ? evaluateUsers(sources) : [];
  const groups = mappings.groups.enabled ? evaluateGroups(sources) : [];
  const departures = countDepartures(job, users, groups);
  job.stagesDeletes = departures > (options.deletionThreshold ?? Infinity);

  const keep = async (): Promise<void> => options.onCheckpoint?.(state);
  const provision = async <Source>(
    phase: Phase,
    sources: readonly Source[],
    work: (job: Job, source: Source) => Promise<void>,
  ): Promise<void> => {
    let done = 0;
    for (let start = 0; start < sources.length && !job.isGivenUp(); start += checkpointEvery) {
      const part = sources.slice(start, start + checkpointEvery);
      const workOne = async (source: Source): Promise<void> => {
        await work(job, source);
        done += 1;
        job.advance(phase, done, sources.length);
      };
      await workConcurrently(part, job.concurrency, workOne, job.isGivenUp);
      await keep();
    }
  };
  await provision(
    "users",
    users.filter((user) => isUserInCycle(job, user)),
    provisionUser,
  );
  await provision(
    "groups",
    groups.filter((group) => isGroupInCycle(job, group)),
    provisionGroup,
  );
  await setManagers(job, users);
  await syncMembers(job, groups);

  if (job.isGivenUp()) {
    await keep();
    return report.finish("interrupted", state, "The target could not be reached.");
  }
  const reason = job.stagesDeletes ? "TooManyDeletes" : judgeFailures(report.counts);
  commitWatermark(job, configuration, reason);
  await keep();
  return report.finish(reason === undefined ? "completed" : "quarantined", state, reason);
}

function commitWatermark(job: Job, configuration: string, reason: string | undefined): void {
  const { state, now, directory } = job;
  const alive = new Set([
    ...directory.users.map((user) => user.id),
    ...directory.groups.map((group) => group.id),
    ...Object.keys(state.users),
    ...Object.keys(state.groups),
  ]);
  const merged = { ...state.snapshots, ...Object.fromEntries(job.snapshots) };
  state.snapshots = Object.fromEntries(Object.entries(merged).filter(([id]) => alive.has(id)));
  state.escrows = Object.fromEntries(Object.entries(state.escrows).filter(([id]) => alive.has(id)));
  state.configuration = configuration;
  state.watermark = now.toISOString();
  state.cycles += 1;
  state.quarantine =
    reason === undefined ? null : (state.quarantine ?? { reason, began: now.toISOString() });
}

function countDepartures(
  job: Job,
  users: readonly SourceUser[],
  groups: readonly SourceGroup[],
): number {
  const leavers = users.filter((user) => isDepartureDue(job, user)).length;
  return leavers + groups.filter((group) => isDeletionDue(job, group)).length;
}

function findOwners(state: JobState): Map<string, string> {
  const links = [...Object.entries(state.users), ...Object.entries(state.groups)];
  return new Map(links.map(([sourceId, link]) => [link.targetId, sourceId]));
}

/** Gives the attributes Test Connection asks for: the first matching one of each mapping (§1.1). */
export function probedAttributes(mappings: Mappings): ProbeOptions["attributes"] {
  const [user] = mappings.users.matching;
  const [group] = mappings.groups.matching;
  return {
    ...(mappings.users.enabled && user !== undefined ? { User: user.path.text } : {}),
    ...(mappings.groups.enabled && group !== undefined ? { Group: group.path.text } : {}),
  };
}
