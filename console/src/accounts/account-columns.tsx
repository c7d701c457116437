import type { AccountRow } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { describeColumns } from "../table/columns.ts";
import { RowLink } from "../table/row-link.tsx";
import { AccountStatus } from "./account-status.tsx";
import classes from "./accounts.module.css";
import { RoleWithOrigin } from "./role-origin.tsx";

const describe = describeColumns<AccountRow>();

const tenantColumn = describe.display({
  id: "tenant",
  header: "Tenant",
  cell: ({ row }) => row.original.tenant.name,
  meta: { width: 9 },
});

/** @param showsTenant where people of several tenants are listed */
export const accountColumns = (showsTenant: boolean) =>
  describe.columns([
    describe.display({
      id: "name",
      header: "Name",
      cell: ({ row: { original: account } }) => (
        <>
          <RowLink to="/accounts/$id" params={{ id: account.id }}>
            {account.name}
          </RowLink>
          <div className={classes["second"]}>{account.email ?? account.userName}</div>
        </>
      ),
      meta: { sort: "name" },
    }),
    describe.display({
      id: "status",
      header: "Status",
      cell: ({ row }) => <AccountStatus status={row.original.status} />,
      meta: { width: 7 },
    }),
    describe.display({
      id: "role",
      header: "Access role",
      cell: ({ row }) => <RoleWithOrigin row={row.original} />,
      meta: { width: 11 },
    }),
    describe.display({
      id: "groups",
      header: "Groups",
      cell: ({ row }) => <Groups row={row.original} />,
      meta: { width: 14 },
    }),
    ...(showsTenant ? [tenantColumn] : []),
    describe.display({
      id: "held",
      header: "Items",
      cell: ({ row }) => (row.original.held === 0 ? "" : row.original.held),
      meta: { width: 4.5, align: "end" },
    }),
    describe.display({
      id: "changed",
      header: "Last change",
      cell: ({ row }) => <Moment at={row.original.changedAt} />,
      meta: { width: 9, sort: "changed" },
    }),
  ]);

const Groups = ({ row: { groups, groupCount } }: { row: AccountRow }) => {
  const [first, ...others] = groups;
  if (!first) return null;
  const rest = groupCount - groups.length;
  return (
    <>
      <div className={classes["second"]} style={{ color: "inherit" }}>
        {first.name}
      </div>
      {others.length > 0 && (
        <div className={classes["second"]}>
          {others.map(({ name }) => name).join(", ")}
          {rest > 0 && ` and ${rest} more`}
        </div>
      )}
    </>
  );
};
