import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "../elements/button-link.tsx";
import { openRehiresQuery } from "./queries.ts";

/** Leads to the people who may have come back, where there are any to decide about. */
export const ReturnedLink = () => {
  const { data: open = 0 } = useQuery(openRehiresQuery);
  return (
    <ButtonLink to="/returned" variant="default">
      Returned people{open > 0 && ` (${open})`}
    </ButtonLink>
  );
};
