import { Link } from "@tanstack/react-router";
import type { Overview } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { useStatuses } from "../assets/queries.ts";
import classes from "./overview.module.css";

/** What there is, each count leading to what it counts. */
export const Figures = ({ overview }: { overview: Overview }) => {
  const may = useMay();
  const available = useSearchForAvailable();
  const { accounts, assets, recoveries, groups } = overview;
  return (
    <ul className={classes["figures"]}>
      <li className={classes["figure"]}>
        <div className={classes["label"]}>Active people</div>
        <Link to="/accounts" search={{ status: "active" }} className={classes["count"]}>
          {accounts.active.toLocaleString()}
        </Link>
        <div className={classes["details"]}>
          <Link to="/accounts" search={{ status: "disabled" }}>
            {accounts.disabled.toLocaleString()} disabled
          </Link>
          <Link to="/accounts" search={{ origin: "lock" }}>
            {accounts.locked.toLocaleString()} locked
          </Link>
          {accounts.drifted > 0 && (
            <Link to="/accounts" search={{ lock: "drifted" }}>
              {accounts.drifted.toLocaleString()} drifted
            </Link>
          )}
          {accounts.ending > 0 && (
            <Link to="/accounts" search={{ lock: "ending" }}>
              {accounts.ending.toLocaleString()} {accounts.ending === 1 ? "lock ends" : "locks end"}{" "}
              soon
            </Link>
          )}
        </div>
      </li>
      <li className={classes["figure"]}>
        <div className={classes["label"]}>Assets</div>
        <Link to="/assets" className={classes["count"]}>
          {assets.total.toLocaleString()}
        </Link>
        <div className={classes["details"]}>
          <Link to="/assets" search={{ held: "true" }}>
            {assets.held.toLocaleString()} held
          </Link>
          <Link to="/assets" search={available}>
            {assets.available.toLocaleString()} available
          </Link>
        </div>
      </li>
      <li className={classes["figure"]}>
        <div className={classes["label"]}>Open recoveries</div>
        <Link to="/recoveries" className={classes["count"]}>
          {recoveries.open.toLocaleString()}
        </Link>
        <div className={classes["details"]}>
          {recoveries.items === 0
            ? "nothing has to come back"
            : `${recoveries.items.toLocaleString()} ${recoveries.items === 1 ? "item" : "items"} to come back`}
        </div>
      </li>
      {may("provisioning:view") && (
        <li className={classes["figure"]}>
          <div className={classes["label"]}>Groups</div>
          <Link
            to="/settings/integrations/scim"
            search={{ tab: "roles" }}
            className={classes["count"]}
          >
            {groups.total.toLocaleString()}
          </Link>
          <div className={classes["details"]}>
            {groups.mapped.toLocaleString()} mapped to a role
          </div>
        </li>
      )}
    </ul>
  );
};

/** Where the register shows what can be checked out: what nobody holds and, if that is one status, is ready. */
const useSearchForAvailable = () => {
  const [ready, second] = useStatuses().filter(({ kind }) => kind === "deployable");
  return { held: "false", ...(ready && !second && { status: ready.id }) };
};
