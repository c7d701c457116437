import type { AccountRow } from "../api/contract.ts";
import { RowLink } from "../table/row-link.tsx";
import { AccountStatus } from "./account-status.tsx";
import classes from "./accounts.module.css";
import { RoleWithOrigin } from "./role-origin.tsx";

/** A Sub Account where there is no room for columns. */
export const AccountCard = ({ account }: { account: AccountRow }) => (
  <>
    <div className={classes["head"]}>
      <RowLink to="/accounts/$id" params={{ id: account.id }}>
        {account.name}
      </RowLink>
      <AccountStatus status={account.status} />
    </div>
    <div className={classes["second"]}>{account.email ?? account.userName}</div>
    <div className={classes["foot"]}>
      <div>
        <RoleWithOrigin row={account} />
      </div>
      {account.held > 0 && (
        <div>
          {account.held} {account.held === 1 ? "item" : "items"}
        </div>
      )}
    </div>
  </>
);
