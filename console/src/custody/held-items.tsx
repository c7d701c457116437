import { Button, Skeleton, Text } from "@mantine/core";
import type { Custody } from "../api/contract.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { usePages } from "../table/use-pages.ts";
import { ItemList } from "./item-list.tsx";

/** What a person holds now, to be taken back from here. */
export const HeldItems = ({ accountId, name }: { accountId: string; name: string }) => {
  const items = usePages<Custody>(`/accounts/${accountId}/items`);
  const isEmpty = items.rows.length === 0;
  return (
    <Section title={`Items held${items.total ? ` (${items.total})` : ""}`} isFlush={!isEmpty}>
      {items.isPending ? (
        <Skeleton height={60} />
      ) : items.error ? (
        <ProblemNote error={items.error} onRetry={items.retry} />
      ) : isEmpty ? (
        <Text c="dimmed">{name} holds nothing.</Text>
      ) : (
        <ItemList label={`Items held by ${name}`} items={items.rows} />
      )}
      {items.hasMore && (
        <Button variant="default" size="compact-sm" m="sm" onClick={items.loadMore}>
          Show more items
        </Button>
      )}
    </Section>
  );
};
