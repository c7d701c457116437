import { idOf } from "../load/perform.ts";
import { runSlice } from "../load/run-slice.ts";
import { asks } from "../traffic/asks.ts";
import { inTurns, isOver, type Participant, type Run } from "./run.ts";

export type GrowGroupStep = { readonly members: number; readonly seconds: number };

const batch = 100;
const batchesPerTurn = 5;
const readsPerTurn = 2;

type Growing = { groupId: string; members: number; seconds: number; gaveUp: boolean };

/**
 * One group grown in batches of 100, one after the other, with a read of the group without its members between.
 * The latencies are kept apart by size: `+100 members` of a group that had 0, 10,000, 20,000 …
 */
export const growGroup = async (run: Run, step: GrowGroupStep): Promise<void> => {
  const growing = new Map<Participant, Growing>();
  for (const participant of inTurns(run, 0)) {
    const groupId = await createGroup(run, participant);
    if (groupId !== undefined)
      growing.set(participant, { groupId, members: 0, seconds: 0, gaveUp: false });
  }
  const perTurn = batch * batchesPerTurn;
  for (let size = 0, round = 0; size < step.members; size += perTurn, round += 1)
    for (const participant of inTurns(run, round)) {
      const state = growing.get(participant);
      if (state === undefined || state.gaveUp || isOver(run)) continue;
      const started = performance.now();
      const decile = Math.floor((size / step.members) * 10) * (step.members / 10);
      const added = await addBatches(run, participant, { ...state, decile });
      state.members += added * batch;
      state.seconds += (performance.now() - started) / 1000;
      const limit = participant.contender.limits?.members ?? Infinity;
      state.gaveUp =
        added < batchesPerTurn || state.seconds > step.seconds || state.members >= limit;
    }
  for (const [participant, state] of growing) await readWhole(run, participant, state);
};

const createGroup = async (run: Run, participant: Participant): Promise<string | undefined> => {
  let id: string | undefined;
  await runSlice(run, participant, {
    scenario: "one group",
    kind: "POST group",
    concurrency: 1,
    seconds: 10,
    isWarmUp: true,
    items: [0],
    deed: async (perform) => {
      const ask = asks.createGroup(`Everybody ${run.level}`);
      const answer = await perform("POST group", ask, { status: [200, 201] });
      id = answer && idOf(answer);
    },
  });
  return id;
};

/** Gives how many of the turn's batches were taken. */
const addBatches = async (
  run: Run,
  participant: Participant,
  { groupId, members, decile }: Growing & { decile: number },
): Promise<number> => {
  let added = 0;
  const shared = { scenario: "one group", concurrency: 1, seconds: 20 };
  const kind = `+100 members to ${decile}`;
  await runSlice(run, participant, {
    ...shared,
    kind,
    items: Array.from({ length: batchesPerTurn }, (_, at) => members + at * batch),
    deed: async (perform, from) => {
      const ids = participant.people.slice(from, from + batch);
      const ask = asks.members(groupId, "Add", ids);
      const answer = await perform(kind, ask, { status: [200, 204] });
      if (answer !== undefined) added += 1;
    },
  });
  const reading = `GET without members at ${decile}`;
  await runSlice(run, participant, {
    ...shared,
    kind: reading,
    items: Array.from({ length: readsPerTurn }, () => groupId),
    deed: (perform, id) => perform(reading, asks.readGroupOnly(id), { status: [200] }),
  });
  return added;
};

/** The group with all its members, once: were they all stored? */
const readWhole = async (
  run: Run,
  participant: Participant,
  { groupId, members }: Growing,
): Promise<void> => {
  await runSlice(run, participant, {
    scenario: "one group",
    kind: "GET with members",
    concurrency: 1,
    seconds: 20,
    items: [groupId],
    deed: async (perform, id) => {
      const answer = await perform("GET with members", asks.readGroup(id), { status: [200] });
      if (answer === undefined) return;
      const group = JSON.parse(answer.body.toString()) as { members?: unknown[] };
      run.facts.push({
        contender: participant.contender.name,
        topic: "one group",
        people: run.level,
        values: { added: members, readable: group.members?.length ?? 0 },
      });
    },
  });
};
