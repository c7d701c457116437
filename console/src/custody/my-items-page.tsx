import { Button, Skeleton } from "@mantine/core";
import { IconBoxSeam } from "@tabler/icons-react";
import type { Custody } from "../api/contract.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { usePages } from "../table/use-pages.ts";
import { ItemList } from "./item-list.tsx";

/** What the person signed in holds. */
export const MyItemsPage = () => {
  const items = usePages<Custody>("/me/items");
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHead title="My items" lead="What is checked out to you." />
      <Section title="Items">
        {items.isPending ? (
          <Skeleton height={120} />
        ) : items.error ? (
          <ProblemNote error={items.error} onRetry={items.retry} />
        ) : items.rows.length === 0 ? (
          <EmptyState icon={IconBoxSeam} title="Nothing is checked out to you">
            When you are given a laptop, a phone or anything else, it is listed here.
          </EmptyState>
        ) : (
          <ItemList items={items.rows} />
        )}
        {items.hasMore && (
          <Button variant="default" size="compact-sm" mt="sm" onClick={items.loadMore}>
            Show more
          </Button>
        )}
      </Section>
    </div>
  );
};
