import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Role } from "../api/contract.ts";

const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: async ({ signal }) => (await get<{ items: Role[] }>("/roles", { signal })).items,
  staleTime: 300_000,
});

/** The access roles, the most powerful first. */
export const useRoles = (): readonly Role[] => useQuery(rolesQuery).data ?? [];

export const roleChoices = (roles: readonly Role[]) =>
  roles.map(({ id, name }) => ({ value: id, label: name }));
