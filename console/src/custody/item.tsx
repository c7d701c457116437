import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Custody } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Moment } from "../elements/moment.tsx";
import { isPast, sayDay } from "../elements/time.ts";
import classes from "./items.module.css";

/** One thing that somebody holds or held. */
export const Item = ({ custody, action }: { custody: Custody; action?: ReactNode }) => {
  const may = useMay();
  const { asset } = custody;
  const name = asset.name === asset.tag ? asset.tag : `${asset.tag} · ${asset.name}`;
  return (
    <li>
      <div className={classes["what"]}>
        {may("assets:view") ? (
          <Link to="/assets/$id" params={{ id: asset.id }} children={name} />
        ) : (
          <strong>{name}</strong>
        )}
        <div className={classes["detail"]}>
          {asset.category && `${asset.category} · `}since <Moment at={custody.checkedOutAt} />
          {custody.dueOn && !custody.endedAt && <Due on={custody.dueOn} />}
          {custody.note && ` · ${custody.note}`}
        </div>
      </div>
      {custody.endedAt ? (
        <span className={classes["detail"]}>
          {custody.outcome === "written-off" ? "Written off" : "Returned"}{" "}
          <Moment at={custody.endedAt} />
        </span>
      ) : (
        action
      )}
    </li>
  );
};

const Due = ({ on }: { on: string }) =>
  isPast(on) ? (
    <span className={classes["overdue"]}> · was due {sayDay(on)}</span>
  ) : (
    ` · due ${sayDay(on)}`
  );
