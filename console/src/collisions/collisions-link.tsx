import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "../elements/button-link.tsx";
import { openCollisionsQuery } from "./queries.ts";

/** Leads to the people who were here before the directory sent them, where there are any to decide about. */
export const CollisionsLink = () => {
  const { data: open = 0 } = useQuery(openCollisionsQuery);
  return (
    <ButtonLink to="/already-here" variant="default">
      Already here{open > 0 && ` (${open})`}
    </ButtonLink>
  );
};
