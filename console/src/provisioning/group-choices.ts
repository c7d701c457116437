import { useQueries, useQuery } from "@tanstack/react-query";
import { useMay } from "../app-shell/session.ts";
import { connectionsQuery, mappingsQuery } from "./queries.ts";

/** Every pushed group as a choice, for those who may know them. */
export const useGroupChoices = (): { value: string; label: string }[] => {
  const isAllowed = useMay()("provisioning:view");
  const { data: connections = [] } = useQuery({ ...connectionsQuery, enabled: isAllowed });
  const mappings = useQueries({
    queries: connections.map(({ id }) => ({ ...mappingsQuery(id), refetchInterval: false })),
  });
  return mappings
    .flatMap(({ data }) => data?.items ?? [])
    .filter(({ group }) => !group.deleted)
    .map(({ group }) => ({ value: group.id, label: group.name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
};
