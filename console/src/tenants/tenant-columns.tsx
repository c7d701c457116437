import type { ReactNode } from "react";
import type { Tenant, TenantTotals } from "../api/contract.ts";
import { Tone } from "../elements/tone.tsx";
import { describeColumns } from "../table/columns.ts";
import classes from "./tenants.module.css";

const describe = describeColumns<Tenant>();

const number = (id: keyof TenantTotals, header: string, width: number) =>
  describe.display({
    id,
    header,
    cell: ({ row }) => row.original[id].toLocaleString(),
    meta: { width, align: "end" },
  });

/** @param actions what can be done with a tenant; without it there is no column for it */
export const tenantColumns = (actions: ((tenant: Tenant) => ReactNode) | undefined) =>
  describe.columns([
    describe.display({
      id: "name",
      header: "Tenant",
      cell: ({ row: { original: tenant } }) => <TenantName tenant={tenant} />,
    }),
    number("people", "Active people", 8),
    number("disabled", "Disabled", 7),
    number("assets", "Assets", 7),
    number("disabledHolders", "Disabled holders", 9),
    describe.display({
      id: "connections",
      header: "Connections",
      cell: ({ row }) => <Connections tenant={row.original} />,
      meta: { width: 9 },
    }),
    ...(actions
      ? [
          describe.display({
            id: "actions",
            header: "Actions",
            cell: ({ row }) => actions(row.original),
            meta: { width: 5, align: "end" },
          }),
        ]
      : []),
  ]);

const TenantName = ({ tenant }: { tenant: Tenant }) => (
  <div className={classes["name"]}>
    {tenant.name}
    {tenant.isSuper && <span className={classes["detail"]}> super tenant</span>}
  </div>
);

const Connections = ({ tenant: { connections, failingConnections } }: { tenant: Tenant }) => {
  if (connections === 0) return <span className={classes["detail"]}>No connection</span>;
  return (
    <Tone tone={failingConnections > 0 ? "bad" : "ok"}>
      {failingConnections > 0
        ? `${failingConnections} of ${connections} failing`
        : `${connections.toLocaleString()} connected`}
    </Tone>
  );
};

type Card = { tenant: Tenant; actions: ReactNode };

export const TenantCard = ({ tenant, actions }: Card) => (
  <>
    <div className={classes["head"]}>
      <TenantName tenant={tenant} />
      {actions}
    </div>
    <div className={classes["detail"]}>
      {tenant.people.toLocaleString()} active people, {tenant.disabled.toLocaleString()} disabled,{" "}
      {tenant.assets.toLocaleString()} assets
    </div>
    <Connections tenant={tenant} />
  </>
);
