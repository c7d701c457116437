import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "../../api/client.ts";
import type { RuleEffect } from "../../api/contract.ts";
import { toRequest, type Draft } from "./draft.ts";

/** What is known of an edit's effect, and how many people have been looked at. */
export type EffectSoFar = Pick<RuleEffect, "counts" | "changes" | "total" | "people"> & {
  readonly isComplete: boolean;
};

const shown = 100;

/** The effect of edited rules, told part by part as the server goes through the people. */
export const useEffectOf = (connectionId: string, draft: Draft) => {
  const request = toRequest(draft);
  const query = useInfiniteQuery({
    queryKey: ["effect", connectionId, request],
    queryFn: ({ pageParam: position, signal }) =>
      call<RuleEffect>("POST", `/connections/${connectionId}/group-mappings/preview`, {
        body: { ...request, ...(position !== null && { position }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
    staleTime: Infinity,
  });
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  const goesOn = hasNextPage && !isFetching && error === null;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return {
    effect: data && together(data.pages),
    error,
    retry: () => (data === undefined ? refetch() : fetchNextPage()),
  };
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
