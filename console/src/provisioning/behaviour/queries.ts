import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/client.ts";
import type { ConnectionSwitch } from "../../api/contract.ts";

export const behaviourQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "behaviour"],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: ConnectionSwitch[] }>(`/connections/${connectionId}/behaviour`, {
          signal,
        })
      ).items,
  });
