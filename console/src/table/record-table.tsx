import { Skeleton, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { ProblemNote } from "../elements/problem-note.tsx";
import type { Columns } from "./columns.ts";
import { RecordCards } from "./record-cards.tsx";
import { RecordRows } from "./record-rows.tsx";
import classes from "./record-table.module.css";
import type { Pages } from "./use-pages.ts";

type Props<Row extends { id: string }> = {
  label: string;
  columns: Columns<Row>;
  pages: Pages<Row>;
  /** A row where there is no room for columns. */
  card: (row: Row) => ReactNode;
  /** What to say when there is nothing, or nothing that matches. */
  empty: ReactNode;
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
};

/** A list that may be very long: a table, or cards on a narrow screen. */
export const RecordTable = <Row extends { id: string }>(props: Props<Row>) => {
  const { label, columns, pages, card, empty, sort, onSort } = props;
  const isNarrow = useMediaQuery("(width < 52rem)", undefined, { getInitialValueInEffect: false });
  if (pages.error && pages.rows.length === 0)
    return <ProblemNote error={pages.error} onRetry={pages.retry} />;
  return (
    <div className={classes["panel"]}>
      {pages.isPending ? (
        <PendingRows />
      ) : pages.rows.length === 0 ? (
        empty
      ) : isNarrow ? (
        <RecordCards label={label} pages={pages} card={card} />
      ) : (
        <RecordRows label={label} columns={columns} pages={pages} sort={sort} onSort={onSort} />
      )}
      {pages.hasMore && <div className={classes["foot"]}>Loading more…</div>}
    </div>
  );
};

const PendingRows = () => (
  <Stack gap="lg" className={classes["pending"] ?? ""} aria-busy="true" aria-label="Loading">
    {["a", "b", "c", "d", "e", "f", "g"].map((key) => (
      <Skeleton key={key} height={22} />
    ))}
  </Stack>
);
