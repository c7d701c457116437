import { runSlice } from "../load/run-slice.ts";
import { idOf } from "../load/perform.ts";
import { asks } from "../traffic/asks.ts";
import { syncPerson } from "../traffic/sync-person.ts";
import { inTurns, type Participant, type Run } from "./run.ts";

export type SyncStep = {
  readonly people: number;
  readonly groups: number;
  readonly concurrency: number;
  /** For each contender, for the people and again for the groups. */
  readonly seconds: number;
};

const sliceLength = 100;
const batch = 100;

/** An initial cycle: people, then groups of 200 in two batches, every contender in turn slice by slice. */
export const sync = async (run: Run, step: SyncStep): Promise<void> => {
  const spent = new Map<Participant, number>();
  for (let done = 0, round = 0; done < step.people; done += sliceLength, round += 1) {
    const count = Math.min(sliceLength, step.people - done);
    for (const participant of inTurns(run, round)) {
      const started = performance.now();
      const left = step.seconds - (spent.get(participant) ?? 0);
      await syncPeople(run, participant, step, { count, seconds: left });
      spent.set(participant, step.seconds - left + (performance.now() - started) / 1000);
    }
  }
  for (let round = 0; round < step.groups; round += step.concurrency)
    for (const participant of inTurns(run, round)) {
      const count = Math.min(step.concurrency, step.groups - round);
      await syncGroups(run, participant, step, { first: round, count });
    }
};

const syncPeople = async (
  run: Run,
  participant: Participant,
  { concurrency }: SyncStep,
  { count, seconds }: { count: number; seconds: number },
): Promise<void> => {
  const first = participant.people.length;
  const ids: (string | undefined)[] = [];
  await runSlice(run, participant, {
    scenario: "sync",
    kind: "all",
    concurrency,
    seconds,
    items: Array.from({ length: count }, (_, offset) => first + offset),
    deed: async (perform, index) => {
      ids[index - first] = await syncPerson(perform, index);
    },
  });
  participant.people.push(...ids.filter((id) => id !== undefined));
};

const syncGroups = async (
  run: Run,
  participant: Participant,
  { concurrency }: SyncStep,
  { first, count }: { first: number; count: number },
): Promise<void> => {
  const { people } = participant;
  await runSlice(run, participant, {
    scenario: "sync",
    kind: "all",
    concurrency,
    seconds: 20,
    items: Array.from({ length: count }, (_, offset) => first + offset),
    deed: async (perform, index) => {
      const name = `Group ${concurrency}-${run.level}-${index}`;
      const created = await perform("POST group", asks.createGroup(name), { status: [200, 201] });
      if (created === undefined) return;
      for (let part = 0; part < 2; part += 1) {
        const from = ((index * 2 + part) * batch) % Math.max(1, people.length - batch);
        const ids = people.slice(from, from + batch);
        const ask = asks.members(idOf(created), "Add", ids);
        await perform("PATCH +100 members", ask, { status: [200, 204] });
      }
    },
  });
};
