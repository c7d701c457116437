import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Custody } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { callAsset } from "../assets/call-asset.ts";
import { Moment } from "../elements/moment.tsx";
import { Tone } from "../elements/tone.tsx";
import { Due } from "./due.tsx";
import classes from "./items.module.css";

/** One thing that somebody holds or held. */
export const Item = ({ custody, action }: { custody: Custody; action?: ReactNode }) => {
  const may = useMay();
  const { asset, endedAt, endedBy, endNote, dueOn, note } = custody;
  return (
    <li>
      <div className={classes["what"]}>
        {may("assets:view") ? (
          <Link to="/assets/$id" params={{ id: asset.id }} children={callAsset(asset)} />
        ) : (
          <strong>{callAsset(asset)}</strong>
        )}
        <div className={classes["detail"]}>
          {asset.category && `${asset.category} · `}
          {endedAt === null ? (
            <>
              checked out <Moment at={custody.checkedOutAt} />
              {dueOn && <Due on={dueOn} />}
            </>
          ) : (
            <>
              <Moment at={endedAt} />
              {endedBy && `, taken by ${endedBy}`}
            </>
          )}
          {[note, endNote].filter(Boolean).map((text) => (
            <div key={text}>{text}</div>
          ))}
        </div>
      </div>
      {endedAt === null ? action : <Ending outcome={custody.outcome} />}
    </li>
  );
};

const Ending = ({ outcome }: Pick<Custody, "outcome">) =>
  outcome === "written-off" ? (
    <Tone tone="warn">Written off</Tone>
  ) : (
    <Tone tone="ok">Returned</Tone>
  );
