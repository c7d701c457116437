import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/client.ts";
import type { ConnectionAttributes } from "../../api/contract.ts";

/** Read again quickly while people are read anew. */
export const attributesQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "attributes"],
    queryFn: ({ signal }) =>
      get<ConnectionAttributes>(`/connections/${connectionId}/attributes`, { signal }),
    refetchInterval: ({ state }) => (state.data?.reading?.state === "running" ? 500 : 10_000),
  });
