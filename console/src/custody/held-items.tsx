import { Button, Skeleton, Text } from "@mantine/core";
import type { Custody } from "../api/contract.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { usePages } from "../table/use-pages.ts";
import { ItemList } from "./item-list.tsx";

/** What a person holds now, to be taken back from here. */
export const HeldItems = ({ accountId, name }: { accountId: string; name: string }) => {
  const items = usePages<Custody>(`/accounts/${accountId}/items`);
  return (
    <Section title={items.total ? `Items held (${items.total})` : "Items held"}>
      {items.isPending ? (
        <Skeleton height={60} />
      ) : items.error ? (
        <ProblemNote error={items.error} onRetry={items.retry} />
      ) : items.rows.length === 0 ? (
        <Text c="dimmed">{name} holds nothing.</Text>
      ) : (
        <ItemList items={items.rows} holder={name} />
      )}
      {items.hasMore && (
        <Button variant="default" size="compact-sm" mt="sm" onClick={items.loadMore}>
          Show more
        </Button>
      )}
    </Section>
  );
};
