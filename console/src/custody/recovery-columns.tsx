import type { RecoveryRow } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { describeColumns } from "../table/columns.ts";
import { RowLink } from "../table/row-link.tsx";
import classes from "./items.module.css";
import { RecoveryState } from "./recovery-state.tsx";

const describe = describeColumns<RecoveryRow>();

export const recoveryColumns = describe.columns([
  describe.display({
    id: "person",
    header: "Person",
    cell: ({ row: { original: recovery } }) => (
      <>
        <RowLink to="/recoveries/$id" params={{ id: recovery.id }}>
          {recovery.account.name}
        </RowLink>
        <div className={classes["detail"]}>{recovery.account.email}</div>
      </>
    ),
    meta: { width: 18 },
  }),
  describe.display({
    id: "because",
    header: "Because",
    cell: ({ row }) => row.original.closedBecause ?? row.original.openedBecause,
  }),
  describe.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <RecoveryState recovery={row.original} />,
    meta: { width: 11 },
  }),
  describe.display({
    id: "opened",
    header: "Opened",
    cell: ({ row }) => <Moment at={row.original.openedAt} />,
    meta: { width: 9, align: "end" },
  }),
]);
