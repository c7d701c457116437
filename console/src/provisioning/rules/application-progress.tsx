import { Progress, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Note } from "../../elements/note.tsx";
import { RehearsedNote } from "../../safeguards/rehearsed-note.tsx";
import { applicationQuery } from "../queries.ts";

/** People being decided anew after a change of the rules, until it is done. */
export const ApplicationProgress = ({ id, connectionId }: { id: string; connectionId: string }) => {
  const queries = useQueryClient();
  const { data } = useQuery(applicationQuery(id));
  const state = data?.state;
  useEffect(() => {
    if (state === "done") void queries.invalidateQueries({ queryKey: ["/accounts"] });
  }, [state, queries]);
  if (!data) return null;
  if (data.state === "failed" && data.finishedAt !== null)
    return <Note tone="calm">{data.error}</Note>;
  if (data.state === "failed")
    return (
      <Note tone="bad" title="The new rules have not reached everybody yet">
        {data.error} {data.done.toLocaleString()} of {data.total.toLocaleString()} people are
        decided by them, the others have what they had. Muster tries again by itself.
      </Note>
    );
  if (data.state === "done")
    return (
      <>
        <Note tone="ok" title="The rules are saved and applied">
          {data.changed === 0
            ? "Nobody's access changed."
            : `${data.total.toLocaleString()} ${data.total === 1 ? "person was" : "people were"} decided anew; ${data.changed.toLocaleString()} Sub ${data.changed === 1 ? "Account is" : "Accounts are"} otherwise than before.`}
        </Note>
        <RehearsedNote connectionId={connectionId} />
      </>
    );
  const percent = data.total === 0 ? 0 : Math.round((data.done / data.total) * 100);
  return (
    <Note tone="calm" title="Applying the rules">
      <Text size="sm" mb={6}>
        {data.done.toLocaleString()} of {data.total.toLocaleString()} people
      </Text>
      <Progress value={percent} aria-label="People decided anew" />
    </Note>
  );
};
