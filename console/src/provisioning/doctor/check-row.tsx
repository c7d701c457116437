import { VisuallyHidden } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconBellOff,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDotted,
  type Icon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Check } from "../../api/contract.ts";
import { Muting } from "./muting.tsx";
import classes from "./setup-doctor.module.css";

const states: Record<Check["state"], { icon: Icon; said: string }> = {
  done: { icon: IconCircleCheckFilled, said: "Done" },
  todo: { icon: IconCircleDashed, said: "To do" },
  warning: { icon: IconAlertTriangleFilled, said: "Warning" },
  unknown: { icon: IconCircleDotted, said: "Not yet known" },
};

type Props = { connectionId: string; check: Check };

/** One check: its mark, what was seen, and on demand why it matters and where to mend it. */
export const CheckRow = ({ connectionId, check }: Props) => {
  const { state, title, sentence, muted } = check;
  const { icon, said } = states[state];
  const isMuted = muted !== null && state !== "done";
  const Mark = isMuted ? IconBellOff : icon;
  return (
    <li data-check={check.id} data-state={state} className={isMuted ? classes["muted"] : undefined}>
      <Mark
        size={18}
        className={classes[isMuted ? "unknown" : state] ?? ""}
        stroke={isMuted ? 1.8 : 2}
        aria-hidden
      />
      <div className={classes["text"]}>
        <VisuallyHidden>{isMuted ? `Muted ${said.toLowerCase()}` : said}: </VisuallyHidden>
        <span className={classes["title"]}>{title}</span>
        <div className={classes["sentence"]}>{sentence}</div>
        {muted && (
          <div className={classes["sentence"]}>
            Muted by {muted.by}: {muted.reason}
          </div>
        )}
        <details className={classes["more"]}>
          <summary>
            {state === "warning" || state === "todo" ? "Where to mend it" : "About this"}
            <VisuallyHidden>: {title}</VisuallyHidden>
          </summary>
          <p>{check.meaning}</p>
          <ol className={classes["clicks"]} aria-label="Where to click">
            {check.clicks.map((click) => (
              <li key={click}>{click}</li>
            ))}
          </ol>
          <EvidenceList evidence={check.evidence} />
          <Muting connectionId={connectionId} check={check} />
        </details>
      </div>
    </li>
  );
};

const EvidenceList = ({ evidence }: Pick<Check, "evidence">) =>
  evidence.length > 0 && (
    <ul className={classes["evidence"]} aria-label="Evidence">
      {evidence.map((one) => (
        <li key={one.id}>
          <EvidenceLink {...one} />
        </li>
      ))}
    </ul>
  );

/** To the log entry itself, or to all entries about the person or the group. */
const EvidenceLink = ({ kind, id, text }: Check["evidence"][number]) => {
  switch (kind) {
    case "entry":
      return (
        <Link to="/provisioning-log/$id" params={{ id }}>
          {text}
        </Link>
      );
    case "person":
      return (
        <Link to="/provisioning-log" search={{ person: id }}>
          {text}
        </Link>
      );
    case "group":
      return (
        <Link to="/provisioning-log" search={{ group: id }}>
          {text}
        </Link>
      );
  }
};
