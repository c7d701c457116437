import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";

const keyOf = (connectionId: string) => ["fresh-token", connectionId];

/**
 * The secret token that was just made, kept in memory only: until it is dismissed, the page is loaded again, or the
 * person signs out. Muster itself keeps but its hash.
 */
export const useFreshToken = (connectionId: string) => {
  const queries = useQueryClient();
  const { data } = useQuery<string>({
    queryKey: keyOf(connectionId),
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { token: data, dismiss: () => queries.removeQueries({ queryKey: keyOf(connectionId) }) };
};

export const useKeepFreshToken = () => {
  const queries = useQueryClient();
  return (connectionId: string, token: string) => queries.setQueryData(keyOf(connectionId), token);
};
