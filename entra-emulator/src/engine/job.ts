import type { Directory } from "../directory/model.ts";
import type { Mappings } from "../mapping/model.ts";
import type { Dialect } from "../scim/patch.ts";
import { describeRetries, escrowFailure } from "./escrow.ts";
import type { JobState, Snapshot } from "./job-state.ts";
import { ProvisioningError } from "./provisioning-error.ts";
import type { Action, LogEntry, ModifiedProperty } from "./provisioning-log.ts";
import type { ObjectKind, Target } from "./target.ts";

export type CycleKind = "initial" | "incremental";

export type Phase = "users" | "groups" | "managers" | "members";

/** One run of a provisioning job: what it works with, and what it finds out on the way. */
export type Job = {
  readonly kind: CycleKind;
  readonly directory: Directory;
  readonly mappings: Mappings;
  readonly dialect: Dialect;
  readonly target: Target;
  readonly state: JobState;
  readonly now: Date;
  readonly concurrency: number;
  readonly membersPerPatch: number;
  readonly clears: boolean;
  /** Disables and deletes exceeded the threshold: they are staged, not sent (§2.7). */
  stagesDeletes: boolean;
  /** Source ids created in this run: their references need no check. */
  readonly created: Set<string>;
  /** The manager each target user was seen with in this run. */
  readonly seenManagers: Map<string, string | undefined>;
  /** Target id to the source id it is linked with. */
  readonly owners: Map<string, string>;
  /** What this cycle saw; becomes the watermark when the cycle completes. */
  readonly snapshots: Map<string, Snapshot>;
  readonly write: (entry: LogEntry) => void;
  readonly advance: (phase: Phase, done: number, total: number) => void;
  /** Tells whether the target was unreachable too often in a row. */
  readonly isGivenUp: () => boolean;
};

/** Whom a log entry is about. */
export type Subject = {
  readonly kind: ObjectKind;
  readonly sourceId: string;
  readonly identity: string;
  readonly fingerprint: string;
};

type Success = { readonly targetId: string; readonly modified?: readonly ModifiedProperty[] };

/** Logs a success and takes the object out of escrow. */
export function recordSuccess(job: Job, subject: Subject, action: Action, success: Success): void {
  delete job.state.escrows[subject.sourceId];
  job.write({
    ...begin(job, subject),
    action,
    status: "success",
    targetId: success.targetId,
    modifiedProperties: success.modified ?? [],
  });
}

/** Logs why nothing was done for an object. */
export function recordSkip(
  job: Job,
  subject: Subject,
  reason: string,
  action: Action = "Evaluate",
): void {
  delete job.state.escrows[subject.sourceId];
  job.write({
    ...begin(job, subject),
    action,
    status: "skipped",
    targetId: linkOf(job, subject),
    reason,
    modifiedProperties: [],
  });
}

/** Logs a failure and puts the object in escrow. Throws what is not a ProvisioningError. */
export function recordFailure(job: Job, subject: Subject, action: Action, error: unknown): void {
  if (!(error instanceof ProvisioningError)) throw error;
  const { sourceId, fingerprint } = subject;
  const escrow = escrowFailure(job.state.escrows[sourceId], error, fingerprint, job.now);
  job.state.escrows[sourceId] = escrow;
  job.write({
    ...begin(job, subject),
    action,
    status: "failure",
    targetId: linkOf(job, subject),
    modifiedProperties: [],
    error: {
      code: error.code,
      message: `${error.message} ${describeRetries(escrow)}`,
      webResponse: error.webResponse,
    },
  });
}

/** Links a source object with its target. Throws ProvisioningError when another source object has it already. */
export function linkTarget(job: Job, subject: Subject, targetId: string): void {
  const owner = job.owners.get(targetId);
  if (owner !== undefined && owner !== subject.sourceId) {
    throw new ProvisioningError(
      "DuplicateSourceEntries",
      `The target ${targetId} is already linked with the source object ${owner}.`,
    );
  }
  job.owners.set(targetId, subject.sourceId);
  const links = subject.kind === "User" ? job.state.users : job.state.groups;
  links[subject.sourceId] = { targetId };
}

/** Forgets a link: the target was deleted, or is looked for anew. */
export function unlinkTarget(job: Job, subject: Subject): void {
  const links = subject.kind === "User" ? job.state.users : job.state.groups;
  const link = links[subject.sourceId];
  if (link !== undefined) job.owners.delete(link.targetId);
  delete links[subject.sourceId];
}

function linkOf(job: Job, { kind, sourceId }: Subject): string | null {
  return (kind === "User" ? job.state.users : job.state.groups)[sourceId]?.targetId ?? null;
}

function begin(
  job: Job,
  { kind, sourceId, identity }: Subject,
): Pick<LogEntry, "date" | "cycle" | "kind" | "sourceId" | "identity"> {
  return { date: job.now.toISOString(), cycle: job.state.cycles + 1, kind, sourceId, identity };
}
