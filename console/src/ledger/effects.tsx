import { Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import classes from "./ledger.module.css";
import { Timeline } from "./timeline.tsx";
import { useEntries } from "./use-entries.ts";

const shown = 10;

/** What else the cause of an entry did: the first of it. */
export const Effects = ({ causeId, except }: { causeId: string; except: string }) => {
  const pages = useEntries({ causeId });
  const others = pages.rows.filter(({ id }) => id !== except);
  return (
    <Section title="What else the same cause did">
      {pages.isPending ? (
        <Skeleton height={80} />
      ) : pages.error ? (
        <ProblemNote error={pages.error} onRetry={pages.retry} />
      ) : others.length === 0 ? (
        <Text c="dimmed">Nothing else.</Text>
      ) : (
        <Timeline entries={others.slice(0, shown)} withSubject />
      )}
      {(others.length > shown || pages.hasMore) && (
        <div className={classes["more"]}>
          <Link to="/ledger/causes/$id" params={{ id: causeId }} children="All of it" />
        </div>
      )}
    </Section>
  );
};
