import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { HoldingConnection, Safeguard } from "../api/contract.ts";

/** Whether what was held is being let go, or waits for another try. */
export const isReleasing = ({ application }: Safeguard): boolean =>
  application !== null && application.finishedAt === null;

export const safeguardQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "safeguard"],
    queryFn: ({ signal }) => get<Safeguard>(`/connections/${connectionId}/safeguard`, { signal }),
    refetchInterval: ({ state }) => (state.data && isReleasing(state.data) ? 500 : 10_000),
  });

/** Connections that hold something, or run dry. */
export const holdingQuery = queryOptions({
  queryKey: ["safeguards"],
  queryFn: async ({ signal }) =>
    (await get<{ items: HoldingConnection[] }>("/safeguards", { signal })).items,
  refetchInterval: 30_000,
});
