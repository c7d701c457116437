import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./filter-bar.module.css";

type Props = {
  children: ReactNode;
  total: number | undefined;
  /** What is counted: one, many. Without them nothing is. */
  nouns?: readonly [string, string] | undefined;
  isFiltered: boolean;
  onClear: () => void;
};

/** What narrows a list, and how many are left. */
export const FilterBar = ({ children, total, nouns, isFiltered, onClear }: Props) => (
  <div className={classes["bar"]} role="search">
    {children}
    {isFiltered && (
      <Button variant="subtle" size="compact-md" fw={500} onClick={onClear}>
        Clear filters
      </Button>
    )}
    <span className={classes["total"]} role="status">
      {nouns && total !== undefined && `${total.toLocaleString()} ${nouns[total === 1 ? 0 : 1]}`}
    </span>
  </div>
);
