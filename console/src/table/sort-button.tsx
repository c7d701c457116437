import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconArrowsSort } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ariaSort } from "./sort.ts";
import classes from "./sort-button.module.css";

type Props = { sort: string | undefined; by: string; onPress: () => void; children: ReactNode };

/** A column's header that sorts by it. Which way is said by the cell's aria-sort. */
export const SortButton = ({ sort, by, onPress, children }: Props) => {
  const order = ariaSort(sort, by);
  const Icon =
    order === "ascending" ? IconArrowUp : order === "descending" ? IconArrowDown : IconArrowsSort;
  return (
    <UnstyledButton
      className={`${classes["button"]} ${order === "none" ? classes["idle"] : ""}`}
      onClick={onPress}
    >
      {children}
      <Icon size={13} aria-hidden />
    </UnstyledButton>
  );
};
