import { idOf, type Expected } from "../load/perform.ts";
import type { Ask } from "../load/client.ts";
import { runSlice } from "../load/run-slice.ts";
import { asks } from "../traffic/asks.ts";
import { inTurns, type Participant, type Run } from "./run.ts";

export type ProbeStep = {
  /** Requests of each kind in each of the rounds. */
  readonly requests: number;
  readonly rounds: number;
};

type Kind = {
  readonly name: string;
  readonly askFor: (participant: Participant, index: number, round: number) => Ask;
  readonly expected: Expected;
};

const found = { status: [200], total: 1 };
const stored = { status: [200, 204] };

/** Kinds of request whose time must not depend on how many people there are; then the pages of a list. */
export const probeKinds: readonly Kind[] = [
  { name: "userName eq", askFor: (_, index) => asks.byUserName(index), expected: found },
  { name: "externalId eq", askFor: (_, index) => asks.byExternalId(index), expected: found },
  { name: "emails eq", askFor: (_, index) => asks.byEmail(index), expected: found },
  { name: "familyName eq", askFor: (_, index) => asks.byFamilyName(index), expected: found },
  {
    name: "GET by id",
    askFor: ({ people }, index) => asks.read(people[index] as string),
    expected: { status: [200] },
  },
  {
    name: "PATCH",
    askFor: ({ people }, index, round) => asks.change(people[index] as string, index, round),
    expected: stored,
  },
  { name: "page of 100, first", askFor: () => asks.page(1), expected: { status: [200] } },
  {
    name: "page of 100, last",
    askFor: ({ people }) => asks.page(Math.max(1, people.length - 99)),
    expected: { status: [200] },
  },
];

const secondsPerKind = 2;

/** What takes longer than this one at a time is asked twice a round, and never eight at a time. */
const slowMillis = 250;

/** Every kind of request by itself, at one and at eight at a time, spread evenly over the store. */
export const probe = async (run: Run, { requests, rounds }: ProbeStep): Promise<void> => {
  const known = run.level;
  const slow = new Set<string>();
  for (let round = 0; round <= rounds; round += 1)
    for (const concurrency of [1, 8])
      for (const participant of inTurns(run, round)) {
        const isWarmUp = round === 0;
        const shared = { scenario: "probe", concurrency, seconds: secondsPerKind, isWarmUp };
        const count = isWarmUp ? Math.ceil(requests / 4) : requests;
        const indexes = spread(count, known, round * 31 + concurrency);
        for (const { name, askFor, expected } of probeKinds) {
          const isSlow = slow.has(`${participant.contender.name} ${name}`);
          if (isSlow && concurrency > 1) continue;
          const started = performance.now();
          const begun = await runSlice(run, participant, {
            ...shared,
            kind: name,
            items: isSlow ? indexes.slice(0, 2) : indexes,
            deed: (perform, index) =>
              perform(name, askFor(participant, index, round * 2 + concurrency), expected),
          });
          if (begun === 0) return;
          if ((performance.now() - started) / begun > slowMillis)
            slow.add(`${participant.contender.name} ${name}`);
        }
        await probeCreation(run, participant, { ...shared, count });
      }
};

type Shared = {
  readonly scenario: string;
  readonly concurrency: number;
  readonly seconds: number;
  readonly isWarmUp: boolean;
  readonly count: number;
};

const probeCreation = async (
  run: Run,
  participant: Participant,
  { count, ...shared }: Shared,
): Promise<void> => {
  const first = participant.people.length;
  const ids: (string | undefined)[] = [];
  await runSlice(run, participant, {
    ...shared,
    kind: "POST",
    items: Array.from({ length: count }, (_, offset) => first + offset),
    deed: async (perform, index) => {
      const answer = await perform("POST", asks.create(index), { status: [200, 201] });
      ids[index - first] = answer && idOf(answer);
    },
  });
  participant.people.push(...ids.filter((id) => id !== undefined));
};

/** Indexes all over the store, other ones each round, the same for every contender. */
const spread = (count: number, people: number, shift: number): number[] => {
  const stride = Math.max(1, Math.floor(people / count));
  return Array.from({ length: count }, (_, at) => (at * stride + shift) % people);
};
