import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";

type Part = { next: string | null };
type From = { position?: string };

/**
 * What the server finds out by going through the people, a part after the other until it has been through: `ask` asks for
 * the part that begins at a position. Nothing of it is kept, because the people change.
 */
export const useWalk = <Told extends Part>(
  key: readonly unknown[],
  ask: (from: From, signal: AbortSignal) => Promise<Told>,
) => {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam: position, signal }) =>
      ask(position === null ? {} : { position }, signal),
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
    parts: data?.pages,
    error,
    retry: () => void (data === undefined ? refetch() : fetchNextPage()),
  };
};
