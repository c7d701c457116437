import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Moment } from "../elements/moment.tsx";
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
          <Moment at={entry.at} /> · <Cause entry={entry} />
        </div>
      </li>
    ))}
  </ol>
);

/** The request it came with, for those who may read it. */
const Cause = ({ entry: { cause, actor } }: { entry: LedgerEntry }) => {
  const may = useMay();
  const said = cause.sentence.includes(actor) ? cause.sentence : `${actor} · ${cause.sentence}`;
  if (cause.kind !== "scim" || cause.id === null || !may("provisioning:view")) return said;
  return (
    <Link to="/provisioning-log/$id" params={{ id: cause.id }}>
      {said}
    </Link>
  );
};
