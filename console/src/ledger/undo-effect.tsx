import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { get } from "../api/client.ts";
import type { UndoEffect as Effect } from "../api/contract.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { sayEffect } from "./say-effect.ts";
import classes from "./undo.module.css";

const route = getRouteApi("/signed-in/ledger/undos/$id");

/** Whom undoing would change beside the thing itself, told while the server goes through the people. */
export const UndoEffect = ({ item }: { item: string }) => {
  const { id } = route.useParams();
  const query = useInfiniteQuery({
    queryKey: ["/ledger/undos", id, "effect", item],
    queryFn: ({ pageParam: position, signal }) =>
      get<Effect>(`/ledger/undos/${id}/items/${item}/effect`, {
        ...(position !== null && { query: { position } }),
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
  if (error)
    return (
      <ProblemNote
        error={error}
        onRetry={() => void (data === undefined ? refetch() : fetchNextPage())}
      />
    );
  return (
    <div className={classes["why"]} role="status">
      {data === undefined ? "Looking whom it changes…" : sayEffect(data.pages)}
    </div>
  );
};
