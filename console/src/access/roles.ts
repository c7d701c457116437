import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { PermissionNoun, Role, RoleDetail } from "../api/contract.ts";

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: async ({ signal }) => (await get<{ items: Role[] }>("/roles", { signal })).items,
  staleTime: 300_000,
});

/** How many people have each role, by its id. */
export const roleCountsQuery = queryOptions({
  queryKey: ["roles", "counts"],
  queryFn: async ({ signal }) => {
    type Count = { roleId: string; accounts: number };
    const { items } = await get<{ items: Count[] }>("/roles/counts", { signal });
    return new Map(items.map(({ roleId, accounts }) => [roleId, accounts]));
  },
});

export const roleQuery = (id: string) =>
  queryOptions({
    queryKey: ["roles", id],
    queryFn: ({ signal }) => get<RoleDetail>(`/roles/${id}`, { signal }),
  });

/** All that may be allowed, in the order of the matrix. */
export const permissionsQuery = queryOptions({
  queryKey: ["permissions"],
  queryFn: async ({ signal }) =>
    (await get<{ items: PermissionNoun[] }>("/permissions", { signal })).items,
  staleTime: Infinity,
});

/** The access roles, the most powerful first. */
export const useRoles = (): readonly Role[] => useQuery(rolesQuery).data ?? [];

export const roleChoices = (roles: readonly Role[]) =>
  roles.map(({ id, name }) => ({ value: id, label: name }));

/** The same to give somebody: no role that may do more than oneself can be chosen. */
export const giveableChoices = (roles: readonly Role[]) =>
  roles.map(({ id, name, grantable }) => ({ value: id, label: name, disabled: !grantable }));
