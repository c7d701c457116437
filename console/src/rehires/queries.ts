import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Page, Rehire } from "../api/contract.ts";

/** What is known of one person's leaving and coming back. */
export const rehiresOfQuery = (accountId: string) =>
  queryOptions({
    queryKey: ["/rehires", "of", accountId],
    queryFn: ({ signal }) =>
      get<Page<Rehire>>("/rehires", { query: { accountId, limit: 20 }, signal }),
  });

/** How many people may have come back and nobody has said so yet. */
export const openRehiresQuery = queryOptions({
  queryKey: ["/rehires", "open-count"],
  queryFn: async ({ signal }) =>
    (await get<Page<Rehire>>("/rehires", { query: { state: "suggested", limit: 1 }, signal }))
      .total,
});
