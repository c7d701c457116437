import { Button } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";
import { EmptyState } from "../elements/empty-state.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { RecordTable } from "./record-table.tsx";

type Nothing = { title: string; text: ReactNode; action?: ReactNode };

type Props<Row extends { id: string }> = Omit<
  ComponentProps<typeof RecordTable<Row>>,
  "empty" | "label"
> & {
  label: string;
  /** What is counted: one, many. Without them nothing is. */
  nouns?: readonly [string, string];
  /** What narrows the list. */
  filters: ReactNode;
  isFiltered: boolean;
  onClear: () => void;
  icon: Icon;
  /** There is nothing at all. */
  nothing: Nothing;
  /** There is something, but the filters take it all away. */
  noMatch: Pick<Nothing, "title" | "text">;
};

/** A list as every page has it: what narrows it, how many are left, the rows, and what to do where there are none. */
export const RecordList = <Row extends { id: string }>({
  nouns,
  filters,
  isFiltered,
  onClear,
  icon,
  nothing,
  noMatch,
  ...table
}: Props<Row>) => {
  const said: Nothing = isFiltered
    ? {
        ...noMatch,
        action: (
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        ),
      }
    : nothing;
  return (
    <>
      <FilterBar total={table.pages.total} nouns={nouns} isFiltered={isFiltered} onClear={onClear}>
        {filters}
      </FilterBar>
      <RecordTable
        {...table}
        empty={
          <EmptyState icon={icon} title={said.title} action={said.action}>
            {said.text}
          </EmptyState>
        }
      />
    </>
  );
};
