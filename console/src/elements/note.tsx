import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle,
  type Icon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./note.module.css";
import type { ToneName } from "./tone.tsx";

const icons: Record<ToneName, Icon> = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  calm: IconInfoCircle,
};

type Props = { tone: ToneName; title?: string; children?: ReactNode; action?: ReactNode };

/** Something to know before going on. Errors are announced. */
export const Note = ({ tone, title, children, action }: Props) => {
  const Icon = icons[tone];
  return (
    <div
      className={`${classes["note"]} ${classes[tone]}`}
      {...(tone === "bad" && { role: "alert" })}
    >
      <Icon size={18} stroke={1.8} aria-hidden />
      <div className={classes["body"]}>
        {title && <div className={classes["title"]}>{title}</div>}
        {children}
      </div>
      {action}
    </div>
  );
};
