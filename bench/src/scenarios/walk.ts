import { totalOf } from "../load/perform.ts";
import { runSlice } from "../load/run-slice.ts";
import { asks } from "../traffic/asks.ts";
import { active, isOver, type Participant, type Run } from "./run.ts";

export type WalkStep = { readonly seconds: number };

const pageSize = 100;

/** All people, page by page, with nobody writing: everyone once? */
export const walk = async (run: Run, { seconds }: WalkStep): Promise<void> => {
  for (const participant of active(run)) if (!isOver(run)) await walkOne(run, participant, seconds);
};

const walkOne = async (run: Run, participant: Participant, seconds: number): Promise<void> => {
  const seen = new Set<string>();
  let duplicates = 0;
  let total = participant.people.length;
  const started = performance.now();
  const pages = Array.from({ length: Math.ceil(total / pageSize) }, (_, at) => at * pageSize + 1);
  const begun = await runSlice(run, participant, {
    scenario: "walk",
    kind: "page of 100",
    concurrency: 1,
    seconds,
    items: pages,
    deed: async (perform, startIndex) => {
      const ask = asks.page(startIndex, pageSize);
      const answer = await perform("page of 100", ask, { status: [200] });
      if (answer === undefined) return;
      total = totalOf(answer.body);
      const page = JSON.parse(answer.body.toString()) as { Resources?: { id: string }[] };
      for (const { id } of page.Resources ?? []) {
        if (seen.has(id)) duplicates += 1;
        seen.add(id);
      }
    },
  });
  run.facts.push({
    contender: participant.contender.name,
    topic: "walk",
    people: run.level,
    values: {
      stored: participant.people.length,
      total,
      seen: seen.size,
      duplicates,
      seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
      ended: begun === pages.length ? "whole" : `after ${begun} of ${pages.length} pages`,
    },
  });
};
