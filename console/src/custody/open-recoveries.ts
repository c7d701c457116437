import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Page, RecoveryRow } from "../api/contract.ts";

/** How many recoveries are open. */
export const openRecoveriesQuery = queryOptions({
  queryKey: ["recoveries", "open-count"],
  queryFn: async ({ signal }) =>
    (await get<Page<RecoveryRow>>("/recoveries", { query: { state: "open", limit: 1 }, signal }))
      .total,
  refetchInterval: 30_000,
});
