import type { Participant, Run } from "../scenarios/run.ts";
import { readTreeCpu } from "../measure/processes.ts";
import { openClient } from "./client.ts";
import { createPerformer, type Perform } from "./perform.ts";

type Slice<Item> = {
  readonly scenario: string;
  /** What the stretch as a whole is recorded as. */
  readonly kind: string;
  readonly concurrency: number;
  readonly items: readonly Item[];
  /** No new item is begun after this time. */
  readonly seconds: number;
  /** The same is done, and nothing recorded. */
  readonly isWarmUp?: boolean;
  readonly deed: (perform: Perform, item: Item) => Promise<unknown>;
};

/**
 * Does a deed for every item, `concurrency` at a time, each worker on a connection of its own, and records it.
 * @returns how many items were begun: fewer than there are where time ran out
 */
export const runSlice = async <Item>(
  run: Run,
  participant: Participant,
  slice: Slice<Item>,
): Promise<number> => {
  const { concurrency, items, seconds, deed } = slice;
  const slot = {
    scenario: slice.scenario,
    contender: participant.contender.name,
    people: run.level,
    concurrency,
  };
  let requests = 0;
  let begun = 0;
  const perform = createPerformer({
    recorder: run.recorder,
    isRecorded: slice.isWarmUp !== true,
    slot,
    onAnswer: () => {
      requests += 1;
    },
  });
  const clients = Array.from({ length: concurrency }, () => openClient(participant.running));
  const before = readCpu(run, participant);
  const started = performance.now();
  const deadline = () => Math.min(started + seconds * 1000, run.deadline);
  await Promise.all(
    clients.map(async (client) => {
      while (begun < items.length && performance.now() < deadline()) {
        const item = items[begun] as Item;
        begun += 1;
        await deed((kind, ask, expected) => perform(client, { kind, ask, expected }), item);
      }
    }),
  );
  const millis = performance.now() - started;
  const after = readCpu(run, participant);
  for (const client of clients) client.close();
  if (slice.isWarmUp !== true && requests > 0)
    run.recorder.addStretch(
      { ...slot, kind: slice.kind },
      {
        requests,
        millis,
        serverCpu: after.server - before.server,
        postgresCpu: after.postgres - before.postgres,
        loadCpu: after.load - before.load,
      },
    );
  return begun;
};

const readCpu = (run: Run, { running }: Participant) => {
  const { user, system } = process.cpuUsage();
  return {
    server: readTreeCpu(running.process.pid as number),
    postgres: readTreeCpu(run.postgres.processId),
    load: (user + system) / 1000,
  };
};
