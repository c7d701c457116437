import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Explanation } from "../api/contract.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { Timeline } from "../ledger/timeline.tsx";
import classes from "./explanation-section.module.css";

/** Why the person has this role: what gives it, what else could have, and the change that made it so. */
export const ExplanationSection = ({ accountId }: { accountId: string }) => {
  const query = useQuery({
    queryKey: ["/accounts", accountId, "explanation"],
    queryFn: ({ signal }) => get<Explanation>(`/accounts/${accountId}/explanation`, { signal }),
  });
  return (
    <Section
      title="Why"
      lead="In the order in which Muster asks: the first that applies gives the role."
    >
      {query.isPending ? (
        <Skeleton height={120} />
      ) : query.error ? (
        <ProblemNote error={query.error} onRetry={query.refetch} />
      ) : (
        <Reasons explanation={query.data} />
      )}
    </Section>
  );
};

const Reasons = ({
  explanation: { candidates, pending, because },
}: {
  explanation: Explanation;
}) => {
  // One change may have decided both.
  const entries = because
    .map(({ entry }) => entry)
    .filter((entry, index, all) => all.findIndex(({ id }) => id === entry.id) === index);
  return (
    <>
      {candidates.length === 0 ? (
        <p className={classes["none"]}>
          Nothing gives them a role here any more: their groups lead to other tenants.
        </p>
      ) : (
        <ol className={classes["candidates"]}>
          {candidates.map(({ origin, group, wins, sentence }) => (
            <li key={`${origin} ${group?.id}`} className={classes[wins ? "won" : "lost"]}>
              {sentence}
            </li>
          ))}
        </ol>
      )}
      {pending && <Note tone="warn">{pending}</Note>}
      {entries.length > 0 && (
        <div className={classes["because"]}>
          <h3>What made it so</h3>
          <Timeline entries={entries} />
        </div>
      )}
    </>
  );
};
