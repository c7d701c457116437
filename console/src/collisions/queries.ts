import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Collision, Page } from "../api/contract.ts";

/** How many people made by hand may be somebody of the directory, and nobody has said so yet. */
export const openCollisionsQuery = queryOptions({
  queryKey: ["/collisions", "open-count"],
  queryFn: async ({ signal }) =>
    (
      await get<Page<Collision>>("/collisions", {
        query: { state: "suggested", limit: 1 },
        signal,
      })
    ).total,
});
