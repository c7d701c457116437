import { call } from "../../api/client.ts";
import type { RuleEffect } from "../../api/contract.ts";
import { useWalk } from "../../api/use-walk.ts";
import { toRequest, type Draft } from "./draft.ts";

/** What is known of an edit's effect, and how many people have been looked at. */
export type EffectSoFar = Pick<RuleEffect, "counts" | "changes" | "total" | "people"> & {
  readonly isComplete: boolean;
};

const shown = 100;

/** The effect of edited rules, told part by part as the server goes through the people. */
export const useEffectOf = (connectionId: string, draft: Draft) => {
  const request = toRequest(draft);
  const { parts, error, retry } = useWalk(["effect", connectionId, request], (from, signal) =>
    call<RuleEffect>("POST", `/connections/${connectionId}/group-mappings/preview`, {
      body: { ...request, ...from },
      signal,
    }),
  );
  return { effect: parts && together(parts), error, retry };
};

const together = (parts: readonly RuleEffect[]): EffectSoFar => {
  const sum = (of: (part: RuleEffect) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const kinds = Object.keys(parts[0]?.counts ?? {}) as (keyof RuleEffect["counts"])[];
  return {
    total: parts[0]?.total ?? 0,
    people: sum(({ people }) => people),
    counts: Object.fromEntries(
      kinds.map((kind) => [kind, sum(({ counts }) => counts[kind])]),
    ) as RuleEffect["counts"],
    changes: parts.flatMap(({ changes }) => changes).slice(0, shown),
    isComplete: parts.at(-1)?.next === null,
  };
};
