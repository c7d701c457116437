import { VisuallyHidden } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  type Icon,
} from "@tabler/icons-react";
import type { Advice } from "../api/contract.ts";
import classes from "./arrivals.module.css";

const levels: Record<Advice["level"], { icon: Icon; said: string }> = {
  ok: { icon: IconCircleCheckFilled, said: "Fine" },
  todo: { icon: IconCircleDashed, said: "To do" },
  warning: { icon: IconAlertTriangleFilled, said: "Warning" },
};

/** What is well, what is to be done, what looks wrong. What is well needs no words. */
export const AdviceList = ({ advice }: { advice: readonly Advice[] }) => (
  <ul className={classes["advice"]} aria-live="polite">
    {advice.map(({ key, level, title, detail }) => {
      const { icon: Icon, said } = levels[level];
      return (
        <li key={key}>
          <Icon size={17} className={classes[level] ?? ""} aria-hidden />
          <div>
            <VisuallyHidden>{said}: </VisuallyHidden>
            <span className={classes["title"]}>{title}</span>
            {level !== "ok" && <div className={classes["dimmed"]}>{detail}</div>}
          </div>
        </li>
      );
    })}
  </ul>
);
