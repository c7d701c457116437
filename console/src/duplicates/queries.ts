import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Collision, Page, Rehire } from "../api/contract.ts";
import { pairOfCollision, pairOfRehire, type Pair } from "./pair.ts";

/** How many are to be decided about, of those made by hand and of those who came back. */
export const openDuplicatesQuery = queryOptions({
  queryKey: ["duplicates", "open-count"],
  queryFn: async ({ signal }) => {
    const query = { state: "suggested", limit: 1 };
    const [collisions, rehires] = await Promise.all([
      get<Page<Collision>>("/collisions", { query, signal }),
      get<Page<Rehire>>("/rehires", { query, signal }),
    ]);
    return { collisions: collisions.total, rehires: rehires.total };
  },
});

/** Who else one person may be, or is. */
export const duplicatesOfQuery = (accountId: string) =>
  queryOptions({
    queryKey: ["duplicates", "of", accountId],
    queryFn: async ({ signal }): Promise<Pair[]> => {
      const query = { accountId, limit: 20 };
      const [collisions, rehires] = await Promise.all([
        get<Page<Collision>>("/collisions", { query, signal }),
        get<Page<Rehire>>("/rehires", { query, signal }),
      ]);
      return [...collisions.items.map(pairOfCollision), ...rehires.items.map(pairOfRehire)];
    },
  });
