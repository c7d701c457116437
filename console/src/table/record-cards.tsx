import type { ReactNode } from "react";
import { moveBetweenRows } from "./move-between-rows.ts";
import classes from "./record-table.module.css";
import type { Pages } from "./use-pages.ts";
import { useWindowRows } from "./use-window-rows.ts";

type Props<Row extends { id: string }> = {
  label: string;
  pages: Pages<Row>;
  card: (row: Row) => ReactNode;
};

/** The same rows where there is no room for columns. */
export const RecordCards = <Row extends { id: string }>({ label, pages, card }: Props<Row>) => {
  const { body, items, measure, before, after } = useWindowRows(pages, 92);
  return (
    <ul
      className={`${classes["cards"]} ${pages.isStale ? classes["stale"] : ""}`}
      aria-label={label}
      ref={(element) => {
        body.current = element;
      }}
      onKeyDown={moveBetweenRows}
    >
      <li aria-hidden style={{ height: before }} />
      {items.map(({ index }) => {
        const row = pages.rows[index];
        if (!row) return null;
        return (
          <li
            key={row.id}
            data-index={index}
            ref={measure}
            className={classes["card"]}
            aria-setsize={pages.total ?? pages.rows.length}
            aria-posinset={index + 1}
          >
            {card(row)}
          </li>
        );
      })}
      <li aria-hidden style={{ height: after }} />
    </ul>
  );
};
