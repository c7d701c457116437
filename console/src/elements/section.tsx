import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./section.module.css";

type Props = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** The content reaches the borders, as tables do. */
  isFlush?: boolean;
  children: ReactNode;
};

/** One subject of a page. */
export const Section = ({ title, lead, actions, isFlush = false, children }: Props) => {
  const id = useId();
  return (
    <section className={classes["section"]} aria-labelledby={id}>
      <div className={classes["head"]}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {lead && <p className={classes["lead"]}>{lead}</p>}
        </div>
        {actions}
      </div>
      <div className={isFlush ? classes["flush"] : classes["body"]}>{children}</div>
    </section>
  );
};
