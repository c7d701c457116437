import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import classes from "./row-link.module.css";

const Anchor = (props: ComponentProps<"a">) => (
  // oxlint-disable-next-line jsx-a11y/anchor-has-content -- what it says comes with the props
  <a {...props} data-row-link className={classes["link"]} />
);

/** The link of a row: the whole row is its target, and the arrow keys go from one to the next. */
export const RowLink = createLink(Anchor);
