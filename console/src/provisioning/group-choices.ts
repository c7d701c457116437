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
  const names = new Map(
    mappings
      .flatMap(({ data }) => data?.items ?? [])
      .flatMap(({ group }): [string, string][] =>
        group && !group.deleted ? [[group.id, group.name]] : [],
      ),
  );
  return Array.from(names, ([value, label]) => ({ value, label })).toSorted((a, b) =>
    a.label.localeCompare(b.label, undefined, { numeric: true }),
  );
};
