import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Me } from "../api/contract.ts";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>("/me", { signal }),
  staleTime: 60_000,
});

/** Who is signed in; only below the routes that ask for it. */
export const useSession = (): Me => useSuspenseQuery(meQuery).data;

/** Whether the person signed in may do something, as `noun:verb`. */
export const useMay = (): ((permission: string) => boolean) => {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
};
