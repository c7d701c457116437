import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Page, Tenant } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";

const listTenants = async (signal: AbortSignal): Promise<Tenant[]> => {
  const tenants: Tenant[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { state: "active", limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = await get<Page<Tenant>>("/tenants", { query, signal, ofAllTenants: true });
    tenants.push(...page.items);
    if (page.next === null) return tenants;
    cursor = page.next;
  }
};

/** Every tenant that is not archived, by name. */
const tenantsQuery = queryOptions({
  queryKey: ["tenants", "choices"],
  queryFn: ({ signal }) => listTenants(signal),
  staleTime: 60_000,
});

/** The tenants that one may see; none while they are on their way. */
export const useTenants = (): readonly Tenant[] => {
  const isAllowed = useMay()("tenants:view");
  return useQuery({ ...tenantsQuery, enabled: isAllowed }).data ?? [];
};

export const tenantChoices = (tenants: readonly Tenant[]) =>
  tenants.map(({ id, name, isSuper }) => ({
    value: id,
    label: isSuper ? `${name} (super tenant)` : name,
  }));
