import { DatabaseUnavailable, type Log } from "#database";
import type { Organisations, OrgId } from "#tenancy";
import type { CensusTaker } from "../doctor/census.ts";
import { noteResendings, noteSightings, type Resending, type Seen } from "../doctor/store.ts";
import { noteSeen } from "../attributes/seen-store.ts";
import type { SeenAttribute } from "../attributes/seen.ts";
import { noteActivity, noteCredentialsUsed, type Activity } from "../connections/store.ts";
import { createBacklog } from "./backlog.ts";
import { insertLogEntries, type LogEntry } from "./store.ts";

type Note = {
  readonly orgId: OrgId;
  /** An entry that no transaction wrote: a read, or a refusal. */
  readonly entry?: LogEntry;
  readonly activity: Activity;
  readonly seen?: readonly Seen[];
  readonly resending?: Resending | undefined;
  /** Attributes under no definition. */
  readonly offered?: readonly SeenAttribute[];
  /** The token or client secret that was used. */
  readonly tokenId?: string;
};

/** Writes down, in batches behind the requests, what need not be durable before the answer. */
export type Recorder = {
  note(note: Note): void;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

const everyMs = 250;
/** SQLSTATE unique_violation. */
const alreadyThere = "23505";
const mebibyte = 1024 * 1024;
/** What a note takes besides the texts of its entry. */
const noteBytes = 1024;

/** What a note takes in memory, in bytes; twice as much where its texts are not of Western letters. */
export const weighNote = ({ entry }: Pick<Note, "entry">): number => {
  if (entry === undefined) return noteBytes;
  const { path, summary, ignored, request, response } = entry;
  const texts = [path, summary, ...ignored, request ?? "", response ?? ""];
  return texts.reduce((bytes, text) => bytes + text.length, noteBytes);
};

export const createRecorder = (
  organisations: Organisations,
  log: Log,
  census: CensusTaker,
): Recorder => {
  const writeOf = (orgId: OrgId, notes: readonly Note[]): Promise<void> =>
    organisations.within(orgId, async (tx) => {
      insertLogEntries(
        tx,
        notes.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
      );
      for (const activity of mergeByConnection(notes)) noteActivity(tx, activity);
      noteSightings(
        tx,
        notes.flatMap(({ seen = [] }) => seen),
      );
      noteResendings(
        tx,
        notes.flatMap(({ resending }) => resending ?? []),
      );
      for (const [id, own] of Map.groupBy(notes, ({ activity }) => activity.connectionId))
        noteSeen(
          tx,
          id,
          own.flatMap(({ offered = [] }) => offered),
        );
      noteCredentialsUsed(tx, [
        ...new Set(notes.flatMap(({ tokenId }) => (tokenId === undefined ? [] : [tokenId]))),
      ]);
    });

  /** Once more where the connection was lost. What had arrived all the same is there, with the ids of its entries. */
  const writeSurely = (orgId: OrgId, notes: readonly Note[]): Promise<void> =>
    writeOf(orgId, notes).catch(async (lost: unknown) => {
      if (!(lost instanceof DatabaseUnavailable && lost.wasSent)) throw lost;
      await writeOf(orgId, notes).catch((error: unknown) => {
        if ((error as { code?: string }).code !== alreadyThere) throw error;
      });
    });

  /** What cannot be written of one organisation keeps nothing of another from being written, while there is a database. */
  const write = async (notes: readonly Note[]): Promise<void> => {
    let left = notes.length;
    for (const [orgId, own] of Map.groupBy(notes, (note) => note.orgId)) {
      try {
        await writeSurely(orgId, own);
        for (const { activity } of own)
          if (activity.changeAt !== undefined) census.due(orgId, activity.connectionId);
      } catch (error) {
        const isAway = error instanceof DatabaseUnavailable;
        log.warn(
          { err: error, notes: isAway ? left : own.length },
          "Part of the provisioning log could not be written.",
        );
        if (isAway) return;
      }
      left -= own.length;
    }
  };

  const backlog = createBacklog<Note>({
    write,
    weigh: weighNote,
    portion: mebibyte,
    most: 32 * mebibyte,
  });
  const timer = setInterval(() => void backlog.flush(), everyMs);
  timer.unref();
  return {
    note: backlog.add,
    flush: backlog.flush,
    close: async () => {
      clearInterval(timer);
      await backlog.flush();
      await census.close();
    },
  };
};

/** The later note wins, field by field. */
const mergeByConnection = (notes: readonly Note[]): Activity[] => {
  const merged = new Map<string, Activity>();
  for (const { activity } of notes)
    merged.set(activity.connectionId, { ...merged.get(activity.connectionId), ...activity });
  return [...merged.values()];
};
