import { runSlice } from "../load/run-slice.ts";
import { readMemory } from "../measure/processes.ts";
import { createPerson } from "../traffic/sync-person.ts";
import { active, inTurns, isOver, type Participant, type Run } from "./run.ts";

export type FillStep = { readonly to: number; readonly seconds: number };

const sliceLength = 2000;

/** Creates people until every store holds as many as the plan says. A peer that cannot within the time takes no further part. */
export const fill = async (run: Run, { to, seconds }: FillStep): Promise<void> => {
  for (const participant of active(run)) {
    const { people } = participant.contender.limits ?? {};
    if (people !== undefined && to > people)
      participant.retired = `not grown beyond ${people} people`;
  }
  const spent = new Map<Participant, number>();
  const isWanting = ({ people }: Participant) => people.length < to;
  for (let round = 0; active(run).some(isWanting) && !isOver(run); round += 1)
    for (const participant of inTurns(run, round)) {
      const missing = to - participant.people.length;
      if (missing <= 0) continue;
      const started = performance.now();
      const added = await addPeople(run, participant, Math.min(missing, sliceLength));
      const total = (spent.get(participant) ?? 0) + (performance.now() - started) / 1000;
      spent.set(participant, total);
      if (participant.people.length >= to || isOver(run)) continue;
      if (added === 0) participant.retired = "it stores no more people";
      else if (total > seconds && participant.contender.limits !== undefined)
        participant.retired = `${participant.people.length} people after ${seconds} s, not ${to}`;
    }
  if (isOver(run)) return;
  run.level = to;
  noteMemory(run, `${to} people`);
};

const addPeople = async (run: Run, participant: Participant, count: number): Promise<number> => {
  const first = participant.people.length;
  const ids: (string | undefined)[] = [];
  await runSlice(run, participant, {
    scenario: "fill",
    kind: "all",
    concurrency: 8,
    seconds: 60,
    items: Array.from({ length: count }, (_, offset) => first + offset),
    deed: async (perform, index) => {
      ids[index - first] = await createPerson(perform, index);
    },
  });
  const stored = ids.filter((id) => id !== undefined);
  participant.people.push(...stored);
  return stored.length;
};

/** Notes the servers' memory, now and at most so far. */
export const noteMemory = (run: Run, when: string): void => {
  for (const { contender, running } of active(run)) {
    const memory = readMemory(running.process.pid as number);
    if (memory === undefined) continue;
    run.facts.push({
      contender: contender.name,
      topic: "memory",
      people: run.level,
      values: { when, peak: Math.round(memory.peak), now: Math.round(memory.now) },
    });
  }
};
