import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Overview, Page, RecoveryRow } from "../api/contract.ts";

const refetchInterval = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ["/overview"],
  queryFn: ({ signal }) => get<Overview>("/overview", { signal }),
  refetchInterval,
});

export const latestRecoveriesQuery = queryOptions({
  queryKey: ["/recoveries", "latest"],
  queryFn: ({ signal }) =>
    get<Page<RecoveryRow>>("/recoveries", { query: { state: "open", limit: 6 }, signal }),
  refetchInterval,
});
