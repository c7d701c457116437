import type { ProvisioningLogEntry } from "../../api/contract.ts";
import { Moment } from "../../elements/moment.tsx";
import { describeColumns } from "../../table/columns.ts";
import { RowLink } from "../../table/row-link.tsx";
import classes from "./log.module.css";
import { Outcome } from "./outcome.tsx";

const describe = describeColumns<ProvisioningLogEntry>();

export const logColumns = describe.columns([
  describe.display({
    id: "summary",
    header: "What happened",
    cell: ({ row: { original: entry } }) => (
      <>
        <RowLink to="/provisioning-log/$id" params={{ id: entry.id }}>
          {entry.summary}
        </RowLink>
        <div className={classes["call"]}>
          {entry.method} {entry.path}
        </div>
      </>
    ),
  }),
  describe.display({
    id: "outcome",
    header: "Outcome",
    cell: ({ row }) => <Outcome outcome={row.original.outcome} />,
    meta: { width: 8 },
  }),
  describe.display({
    id: "status",
    header: "Status",
    cell: ({ row }) => row.original.status,
    meta: { width: 5 },
  }),
  describe.display({
    id: "connection",
    header: "Connection",
    cell: ({ row }) => row.original.connection.name,
    meta: { width: 12 },
  }),
  describe.display({
    id: "duration",
    header: "Took",
    cell: ({ row }) => `${Math.round(row.original.durationMs)} ms`,
    meta: { width: 5.5, align: "end" },
  }),
  describe.display({
    id: "at",
    header: "When",
    cell: ({ row }) => <Moment at={row.original.at} />,
    meta: { width: 10, align: "end" },
  }),
]);
