import type { Log } from "#database";
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
const mebibyte = 1024 * 1024;
/** What a note takes besides the bodies of its entry. */
const noteBytes = 1024;

export const createRecorder = (
  organisations: Organisations,
  log: Log,
  census: CensusTaker,
): Recorder => {
  const write = async (notes: readonly Note[]) => {
    for (const [orgId, own] of Map.groupBy(notes, (note) => note.orgId))
      await organisations.within(orgId, async (tx) => {
        insertLogEntries(
          tx,
          own.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
        );
        for (const activity of mergeByConnection(own)) noteActivity(tx, activity);
        noteSightings(
          tx,
          own.flatMap(({ seen = [] }) => seen),
        );
        noteResendings(
          tx,
          own.flatMap(({ resending }) => resending ?? []),
        );
        for (const [id, notes] of Map.groupBy(own, ({ activity }) => activity.connectionId))
          noteSeen(
            tx,
            id,
            notes.flatMap(({ offered = [] }) => offered),
          );
        noteCredentialsUsed(tx, [
          ...new Set(own.flatMap(({ tokenId }) => (tokenId === undefined ? [] : [tokenId]))),
        ]);
      });
    for (const { orgId, activity } of notes)
      if (activity.changeAt !== undefined) census.due(orgId, activity.connectionId);
  };

  const backlog = createBacklog<Note>({
    write: (notes) =>
      write(notes).catch((error: unknown) => {
        log.warn(
          { err: error, notes: notes.length },
          "Part of the provisioning log could not be written.",
        );
      }),
    weigh: ({ entry }) =>
      noteBytes + (entry?.request?.length ?? 0) + (entry?.response?.length ?? 0),
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
