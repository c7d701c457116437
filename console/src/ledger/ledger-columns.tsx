import type { LedgerEntry } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { describeColumns } from "../table/columns.ts";
import { RowLink } from "../table/row-link.tsx";
import { CauseKind } from "./cause-kind.tsx";
import { sayCause } from "./cause-link.tsx";
import classes from "./ledger.module.css";
import { SubjectLink } from "./subject-link.tsx";

const describe = describeColumns<LedgerEntry>();

export const ledgerColumns = describe.columns([
  describe.display({
    id: "what",
    header: "What happened",
    cell: ({ row: { original: entry } }) => (
      <>
        <RowLink to="/ledger/$id" params={{ id: entry.id }}>
          {entry.sentence}
        </RowLink>
        <div className={classes["cause"]}>{sayCause(entry)}</div>
      </>
    ),
  }),
  describe.display({
    id: "subject",
    header: "To what",
    cell: ({ row }) => (
      <div className={classes["what"]}>
        <SubjectLink subject={row.original.subject} />
      </div>
    ),
    meta: { width: 15 },
  }),
  describe.display({
    id: "actor",
    header: "Who",
    cell: ({ row }) => row.original.actor,
    meta: { width: 11 },
  }),
  describe.display({
    id: "kind",
    header: "Cause",
    cell: ({ row }) => <CauseKind kind={row.original.cause.kind} />,
    meta: { width: 7 },
  }),
  describe.display({
    id: "at",
    header: "When",
    cell: ({ row }) => <Moment at={row.original.at} />,
    meta: { width: 9.5, align: "end" },
  }),
]);

/** An entry where there is no room for columns. */
export const showEntryCard = (entry: LedgerEntry) => (
  <>
    <RowLink to="/ledger/$id" params={{ id: entry.id }}>
      {entry.subject.name}: {entry.sentence}
    </RowLink>
    <div className={classes["cause"]}>{entry.actor}</div>
    <div className={classes["foot"]}>
      <CauseKind kind={entry.cause.kind} />
      <Moment at={entry.at} />
    </div>
  </>
);
