import { Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

type Props = {
  icon: Icon;
  title: string;
  /** 1 where it is all of the page. */
  level?: 1 | 2;
  children: ReactNode;
  action?: ReactNode;
};

/** Nothing is here, why, and what to do next. */
export const EmptyState = ({ icon: Icon, title, level = 2, children, action }: Props) => (
  <div className={classes["root"]}>
    <div className={classes["icon"]}>
      <Icon size={22} stroke={1.6} aria-hidden />
    </div>
    <Title order={level}>{title}</Title>
    <p className={classes["text"]}>{children}</p>
    {action && <div className={classes["action"]}>{action}</div>}
  </div>
);
