import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { AccountRow, Page, Recovery } from "../api/contract.ts";

export const recoveryQuery = (id: string) =>
  queryOptions({
    queryKey: ["/recoveries", id],
    queryFn: ({ signal }) => get<Recovery>(`/recoveries/${id}`, { signal }),
  });

/** The people of a tenant who can be given something, the first few that match. */
export const peopleQuery = (tenantId: string, search: string) =>
  queryOptions({
    queryKey: ["/accounts", "to-choose", { tenantId, search }],
    queryFn: async ({ signal }) => {
      const query = { tenantId, search, status: "active", limit: 20 };
      return (await get<Page<AccountRow>>("/accounts", { query, signal })).items;
    },
  });
