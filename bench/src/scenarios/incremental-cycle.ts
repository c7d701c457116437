import { runSlice } from "../load/run-slice.ts";
import type { Perform } from "../load/perform.ts";
import { asks } from "../traffic/asks.ts";
import { syncPerson } from "../traffic/sync-person.ts";
import { inTurns, type Participant, type Run } from "./run.ts";

export type CycleStep = { readonly changes: number; readonly rounds: number };

/** Of twenty changes in a directory: fourteen of attributes, three arrivals, two leavers and one who comes back. */
const deeds = "cccccccaccccclcaaclb";

/** What Entra sends in a cycle after the first: each changed person is read and corrected, newcomers are synced. */
export const incrementalCycle = async (run: Run, { changes, rounds }: CycleStep): Promise<void> => {
  for (let round = 0; round < rounds; round += 1)
    for (const concurrency of [1, 8])
      for (const participant of inTurns(run, round))
        await cycle(run, participant, { changes, concurrency, round });
};

type Cycle = { readonly changes: number; readonly concurrency: number; readonly round: number };

const cycle = async (
  run: Run,
  participant: Participant,
  { changes, concurrency, round }: Cycle,
): Promise<void> => {
  const { people } = participant;
  const settled = people.length;
  const arrivals: (string | undefined)[] = [];
  let arrived = 0;
  await runSlice(run, participant, {
    scenario: "incremental cycle",
    kind: "all",
    concurrency,
    seconds: 20,
    items: Array.from({ length: changes }, (_, at) => at),
    deed: async (perform, at) => {
      const deed = deeds[at % deeds.length];
      if (deed === "a") {
        const newcomer = arrived++;
        arrivals[newcomer] = await syncPerson(perform, settled + newcomer);
        return;
      }
      const index = (at * Math.max(1, Math.floor(settled / changes)) + round) % settled;
      await correct(perform, { id: people[index] as string, index, deed, round });
    },
  });
  people.push(...arrivals.filter((id) => id !== undefined));
};

const correct = async (
  perform: Perform,
  {
    id,
    index,
    deed,
    round,
  }: { id: string; index: number; deed: string | undefined; round: number },
): Promise<void> => {
  await perform("GET", asks.read(id), { status: [200] });
  const ask =
    deed === "c"
      ? asks.change(id, index, 100 + round)
      : asks.replace(id, "active", deed === "l" ? "False" : "True");
  await perform(deed === "c" ? "PATCH" : "PATCH active", ask, { status: [200, 204] });
};
