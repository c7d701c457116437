import type { ErrorCode } from "./provisioning-error.ts";
import type { ObjectKind } from "./target.ts";

export type Action =
  | "Create"
  | "Update"
  | "Disable"
  | "Restore"
  | "Delete"
  | "StagedDelete"
  | "SetManager"
  | "AddMembers"
  | "RemoveMembers"
  | "Evaluate";

export type ModifiedProperty = {
  readonly name: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
};

/** One line of the provisioning log. */
export type LogEntry = {
  readonly date: string;
  readonly cycle: number;
  readonly kind: ObjectKind;
  readonly identity: string;
  readonly action: Action;
  readonly status: "success" | "skipped" | "failure";
  readonly sourceId: string;
  readonly targetId: string | null;
  /** Why it was skipped; `RedundantExport` means that nothing differed. */
  readonly reason?: string;
  readonly modifiedProperties: readonly ModifiedProperty[];
  readonly error?: {
    readonly code: ErrorCode;
    /** Entra's message, with the raw answer in it and the retries after it. */
    readonly message: string;
    readonly webResponse: string;
  };
};

export type Counts = {
  created: number;
  updated: number;
  disabled: number;
  restored: number;
  deleted: number;
  unchanged: number;
  skipped: number;
  failed: number;
  managersSet: number;
  membersAdded: number;
  membersRemoved: number;
};

export const redundant = "RedundantExport";

/** Gives a tally at zero. */
export function startTally(): Counts {
  return {
    created: 0,
    updated: 0,
    disabled: 0,
    restored: 0,
    deleted: 0,
    unchanged: 0,
    skipped: 0,
    failed: 0,
    managersSet: 0,
    membersAdded: 0,
    membersRemoved: 0,
  };
}

const tallied: Readonly<Record<Action, keyof Counts | undefined>> = {
  Create: "created",
  Update: "updated",
  Disable: "disabled",
  Restore: "restored",
  Delete: "deleted",
  StagedDelete: undefined,
  SetManager: "managersSet",
  AddMembers: "membersAdded",
  RemoveMembers: "membersRemoved",
  Evaluate: undefined,
};

/** Adds a log entry to a tally; the counts say nothing that the log does not. */
export function tally(counts: Counts, entry: LogEntry): void {
  if (entry.status === "failure") {
    counts.failed += 1;
    return;
  }
  if (entry.status === "skipped") {
    if (entry.reason === redundant) counts.unchanged += 1;
    else counts.skipped += 1;
    return;
  }
  const key = tallied[entry.action];
  if (key === undefined) return;
  const isMembership = entry.action === "AddMembers" || entry.action === "RemoveMembers";
  counts[key] += isMembership ? entry.modifiedProperties.length : 1;
}
