import { Button, Skeleton } from "@mantine/core";
import type { LedgerEntry } from "../api/contract.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { usePages } from "../table/use-pages.ts";
import { Timeline } from "./timeline.tsx";

/** The history of one thing, from `path`. */
export const HistorySection = ({ path }: { path: string }) => {
  const history = usePages<LedgerEntry>(path);
  return (
    <Section title="History" lead="Every change, with its cause.">
      {history.isPending ? (
        <Skeleton height={120} />
      ) : history.error ? (
        <ProblemNote error={history.error} onRetry={history.retry} />
      ) : (
        <Timeline entries={history.rows} />
      )}
      {history.hasMore && (
        <Button variant="default" size="compact-sm" mt="sm" onClick={history.loadMore}>
          Show earlier changes
        </Button>
      )}
    </Section>
  );
};
