import { createColumnHelper, tableFeatures } from "@tanstack/react-table";

type Meta = {
  /** What the server calls this order; a column without one cannot be sorted. */
  sort?: string;
  /** In rem; one column of a table has none and takes what is left. */
  width?: number;
  align?: "end";
};

const columnMeta: Meta = {};

export const features = tableFeatures({ columnMeta });

/** Columns of a record table: `describe.columns([describe.display({ id, header, cell, meta })])`. */
export const describeColumns = <Row extends object>() => createColumnHelper<typeof features, Row>();

export type Columns<Row extends object> = ReturnType<
  ReturnType<typeof describeColumns<Row>>["columns"]
>;
