import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Overview } from "../api/contract.ts";

export const overviewQuery = queryOptions({
  queryKey: ["/overview"],
  queryFn: ({ signal }) => get<Overview>("/overview", { signal }),
  refetchInterval: 15_000,
});
