import type { LedgerEntry } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { CauseLink } from "./cause-link.tsx";
import { SubjectLink } from "./subject-link.tsx";
import classes from "./timeline.module.css";

type Props = {
  entries: readonly LedgerEntry[];
  /** Says of what each change is, where that is not clear from the page. */
  withSubject?: boolean;
};

/** What changed, newest first, and for each change who did it and why. */
export const Timeline = ({ entries, withSubject = false }: Props) => (
  <ol className={classes["timeline"]}>
    {entries.map((entry) => (
      <li key={entry.id} className={classes["entry"]}>
        <div>
          {withSubject && (
            <>
              <span className={classes["subject"]}>
                <SubjectLink subject={entry.subject} />
              </span>
              {": "}
            </>
          )}
          {entry.sentence}
        </div>
        <div className={classes["why"]}>
          <Moment at={entry.at} /> · <CauseLink entry={entry} />
        </div>
      </li>
    ))}
  </ol>
);
