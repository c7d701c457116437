import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Recovery } from "../api/contract.ts";

export const recoveryQuery = (id: string) =>
  queryOptions({
    queryKey: ["/recoveries", id],
    queryFn: ({ signal }) => get<Recovery>(`/recoveries/${id}`, { signal }),
  });
