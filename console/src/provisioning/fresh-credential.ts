import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";

type Kind = "token" | "secret";

const keyOf = (connectionId: string, kind: Kind) => ["fresh-credential", connectionId, kind];

/**
 * The token or client secret that was just made, kept in memory only: until it is dismissed, the page is loaded again, or
 * the person signs out. Muster itself keeps but its hash.
 */
export const useFreshCredential = (connectionId: string, kind: Kind) => {
  const queries = useQueryClient();
  const queryKey = keyOf(connectionId, kind);
  const { data } = useQuery<string>({
    queryKey,
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { value: data, dismiss: () => queries.removeQueries({ queryKey }) };
};

export const useKeepFreshCredential = () => {
  const queries = useQueryClient();
  return (connectionId: string, kind: Kind, value: string) =>
    queries.setQueryData(keyOf(connectionId, kind), value);
};
