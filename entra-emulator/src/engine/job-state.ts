import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { ErrorCode } from "./provisioning-error.ts";

/** Why a linked user is out: what happened, and since when on the cycle's clock. */
export type Departure = {
  readonly reason: "disabled" | "unassigned" | "out of scope" | "deleted";
  readonly since: string;
};

export type UserLink = {
  readonly targetId: string;
  readonly departure?: Departure;
};

export type GroupLink = { readonly targetId: string };

export type Escrow = {
  readonly code: ErrorCode;
  readonly firstFailed: string;
  readonly attempts: number;
  /** Null once day 28 has passed: the object waits for a change at the source. */
  readonly nextAttempt: string | null;
  /** What the source looked like when it failed; a change there is tried at once. */
  readonly fingerprint: string;
};

/** What the last completed cycle saw of an object: the watermark, as a snapshot instead of Graph's delta token. */
export type Snapshot = {
  readonly fingerprint: string;
  readonly manager?: string;
  readonly members?: readonly string[];
};

export type Quarantine = { readonly reason: string; readonly began: string };

/** What a provisioning job keeps between its cycles. The parts carry the names of Entra's restart scopes (§2.5). */
export type JobState = {
  readonly version: 1;
  /** The mapping and scope it ran with: a change forces an initial cycle. */
  configuration: string;
  cycles: number;
  /** How much of the story has been told of this job's directory, and by which seed. */
  chapters: number;
  storySeed: number;
  watermark: string | null;
  snapshots: Record<string, Snapshot>;
  /** ConnectorDataStore: source object id to target id. */
  users: Record<string, UserLink>;
  groups: Record<string, GroupLink>;
  escrows: Record<string, Escrow>;
  quarantine: Quarantine | null;
};

/** Thrown when a state file is not one of ours. */
export class StateFileError extends Error {
  override readonly name = "StateFileError";
}

/** Gives the state of a job that never ran. */
export function createState(): JobState {
  return {
    version: 1,
    configuration: "",
    cycles: 0,
    chapters: 0,
    storySeed: 1,
    watermark: null,
    snapshots: {},
    users: {},
    groups: {},
    escrows: {},
    quarantine: null,
  };
}

/** Reads a state file; one that does not exist yet is a new job. Throws StateFileError. */
export async function loadState(file: string): Promise<JobState> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return createState();
    throw new StateFileError(`Cannot read the state file ${file}: ${String(error)}`);
  }
  try {
    const state = JSON.parse(text) as JobState;
    if (state.version === 1) return { ...createState(), ...state };
  } catch {
    // Told below.
  }
  throw new StateFileError(
    `${file} is not a state file of the emulator; remove it to start afresh.`,
  );
}

/** Writes a state file so that a reader, or a crash, sees the old one or the new one and nothing between. */
export async function saveState(file: string, state: JobState): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  const handle = await open(draft, "w");
  try {
    await handle.writeFile(`${JSON.stringify(state)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
