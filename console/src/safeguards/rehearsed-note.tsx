import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Note } from "../elements/note.tsx";
import { safeguardQuery } from "./queries.ts";

/** During a dry run: what is saved takes no effect yet, and where it is seen. */
export const RehearsedNote = ({ connectionId }: { connectionId: string }) => {
  const { data } = useQuery(safeguardQuery(connectionId));
  if (data?.mode !== "dry-run") return null;
  return (
    <Note tone="warn" title="This connection is in a dry run: saving is only rehearsed">
      The rules are kept, and Sub Accounts stay as they are. Who would change is listed under{" "}
      <Link to="/settings/integrations/scim/$connectionId/held" params={{ connectionId }}>
        Held changes
      </Link>
      , to be applied when you go live.
    </Note>
  );
};
