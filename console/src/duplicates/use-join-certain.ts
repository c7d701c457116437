import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call, get } from "../api/client.ts";
import type { BulkConfirmation, Collision, Page } from "../api/contract.ts";
import { pairOfCollision, type Pair } from "./pair.ts";

/** How far it is, and who could not be joined. */
export type Joined = {
  readonly total: number;
  readonly confirmed: number;
  readonly refused: readonly { pair: Pair; title: string; detail: string }[];
};

const pairsPerCall = 20;

/** Joins all pairs of a list, some at a time, telling on the way; stops when nobody looks any more. */
export const useJoinCertain = (query: Record<string, string | boolean>) => {
  const [so, setSo] = useState<Joined>();
  const stop = useRef(new AbortController());
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);
  const join = useMutation({
    mutationFn: async () => {
      const pairs = await listAll(query);
      let joined: Joined = { total: pairs.length, confirmed: 0, refused: [] };
      setSo(joined);
      for (let at = 0; at < pairs.length && !stop.current.signal.aborted; at += pairsPerCall) {
        // One after the other: what was joined is said before more is.
        // oxlint-disable-next-line eslint/no-await-in-loop
        joined = addTo(joined, pairs, await confirm(pairs.slice(at, at + pairsPerCall)));
        setSo(joined);
      }
    },
    meta: { shownInForm: true },
  });
  return { join, so };
};

const listAll = async (query: Record<string, string | boolean>): Promise<Pair[]> => {
  const pairs: Pair[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await get<Page<Collision>>("/collisions", {
      query: { ...query, limit: 100, cursor },
    });
    pairs.push(...page.items.map(pairOfCollision));
    if (page.next === null) return pairs;
    cursor = page.next;
  }
};

const confirm = (pairs: readonly Pair[]) =>
  call<BulkConfirmation>("POST", "/collisions/confirm", {
    body: { ids: pairs.map(({ id }) => id) },
  });

const addTo = (before: Joined, pairs: readonly Pair[], answer: BulkConfirmation): Joined => ({
  total: before.total,
  confirmed: before.confirmed + answer.confirmed,
  refused: [
    ...before.refused,
    ...answer.refused.flatMap(({ id, title, detail }) =>
      pairs.filter((pair) => pair.id === id).map((pair) => ({ pair, title, detail })),
    ),
  ],
});
