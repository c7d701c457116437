import { useTable } from "@tanstack/react-table";
import { features, type Columns } from "./columns.ts";
import { moveBetweenRows } from "./move-between-rows.ts";
import classes from "./record-table.module.css";
import { ariaSort, nextSort } from "./sort.ts";
import { SortButton } from "./sort-button.tsx";
import type { Pages } from "./use-pages.ts";
import { useWindowRows } from "./use-window-rows.ts";

type Props<Row extends { id: string }> = {
  label: string;
  columns: Columns<Row>;
  pages: Pages<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
};

const rowHeight = 53;

/** A real table of which only the rows near the window exist; spacers keep the scroll bar right. */
export const RecordRows = <Row extends { id: string }>(props: Props<Row>) => {
  const { label, columns, pages, sort, onSort } = props;
  const table = useTable({
    features,
    columns,
    data: pages.rows,
    getRowId: (row) => row.id,
  });
  const { rows } = table.getRowModel();
  const { body, items, before, after } = useWindowRows(pages, rowHeight);
  const [headers] = table.getHeaderGroups();
  return (
    <table
      className={classes["table"]}
      aria-label={label}
      aria-rowcount={(pages.total ?? rows.length) + 1}
    >
      <colgroup>
        {headers?.headers.map(({ id, column }) => {
          const { width } = column.columnDef.meta ?? {};
          return <col key={id} {...(width !== undefined && { style: { width: `${width}rem` } })} />;
        })}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {headers?.headers.map((header) => {
            const { sort: by, align } = header.column.columnDef.meta ?? {};
            return (
              <th
                key={header.id}
                scope="col"
                {...(align && { className: classes[align] })}
                {...(by && { "aria-sort": ariaSort(sort, by) })}
              >
                {by && onSort ? (
                  <SortButton sort={sort} by={by} onPress={() => onSort(nextSort(sort, by))}>
                    <table.FlexRender header={header} />
                  </SortButton>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody
        ref={(element) => {
          body.current = element;
        }}
        onKeyDown={moveBetweenRows}
        {...(pages.isStale && { className: classes["stale"] })}
      >
        <Gap height={before} span={columns.length} />
        {items.map(({ index }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <tr key={row.id} className={classes["row"]} aria-rowindex={index + 2}>
              {row.getAllCells().map((cell) => {
                const { align } = cell.column.columnDef.meta ?? {};
                return (
                  <td key={cell.id} {...(align && { className: classes[align] })}>
                    <table.FlexRender cell={cell} />
                  </td>
                );
              })}
            </tr>
          );
        })}
        <Gap height={after} span={columns.length} />
      </tbody>
    </table>
  );
};

const Gap = ({ height, span }: { height: number; span: number }) =>
  height > 0 && (
    <tr className={classes["gap"]} aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- only takes up room */}
      <td colSpan={span} style={{ height }} />
    </tr>
  );
