import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "../elements/button-link.tsx";
import { openDuplicatesQuery } from "./queries.ts";

/** Leads to those who may be one person, with how many are to be decided about. */
export const DuplicatesLink = () => {
  const { data } = useQuery(openDuplicatesQuery);
  const open = data ? data.collisions + data.rehires : 0;
  return (
    <ButtonLink to="/duplicates" variant="default">
      Duplicates{open > 0 && ` (${open.toLocaleString()})`}
    </ButtonLink>
  );
};
