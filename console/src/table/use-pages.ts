import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { get } from "../api/client.ts";
import type { Page } from "../api/contract.ts";

type Filters = Record<string, string | boolean | undefined>;

export type Pages<Row> = {
  rows: readonly Row[];
  total: number | undefined;
  error: unknown;
  /** Nothing to show yet. */
  isPending: boolean;
  /** What is shown is that of other filters; the right rows are on their way. */
  isStale: boolean;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
};

type Options = {
  liveEvery?: number;
  /** Read again once this is another: such as the state of a job that changes the rows, which may end after the last read. */
  rereadOn?: string | undefined;
};

/** A list of the API as far as it has been scrolled, a page after the other. */
export const usePages = <Row>(
  path: string,
  filters: Filters = {},
  { liveEvery, rereadOn }: Options = {},
): Pages<Row> => {
  const query = useInfiniteQuery({
    queryKey: [path, filters],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Row>>(path, { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Somebody who has scrolled far is reading: nothing moves, and nothing is read again and again.
    refetchInterval: ({ state }) =>
      liveEvery !== undefined && (state.data?.pages.length ?? 0) < 3 ? liveEvery : false,
  });
  const { data, fetchNextPage, refetch, isFetching, hasNextPage } = query;
  const readOn = useRef(rereadOn);
  useEffect(() => {
    if (readOn.current !== undefined && readOn.current !== rereadOn) void refetch();
    readOn.current = rereadOn;
  }, [rereadOn, refetch]);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return {
    rows,
    total: data?.pages.at(-1)?.total,
    error: query.error,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    hasMore: hasNextPage,
    loadMore: () => {
      if (!isFetching) void fetchNextPage();
    },
    retry: () => void refetch(),
  };
};
