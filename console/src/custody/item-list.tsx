import { Link } from "@tanstack/react-router";
import type { Custody } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Moment } from "../elements/moment.tsx";
import { Tone } from "../elements/tone.tsx";
import { CheckIn } from "./check-in.tsx";
import { Due } from "./due.tsx";
import classes from "./item-list.module.css";

/** Items in somebody's hands, or that were, each with what became of it. */
export const ItemList = ({ label, items }: { label: string; items: readonly Custody[] }) => (
  <ul className={classes["list"]} aria-label={label}>
    {items.map((item) => (
      <li key={item.id}>
        <div className={classes["what"]}>
          <AssetName item={item} />
          <div className={classes["detail"]}>
            <ItemDetail item={item} />
          </div>
        </div>
        <div className={classes["state"]}>
          {item.endedAt === null ? (
            <>
              {item.dueOn && <Due on={item.dueOn} />}
              <CheckIn custody={item} size="compact-sm" />
            </>
          ) : item.outcome === "written-off" ? (
            <Tone tone="warn">Written off</Tone>
          ) : (
            <Tone tone="ok">Returned</Tone>
          )}
        </div>
      </li>
    ))}
  </ul>
);

const AssetName = ({ item: { asset } }: { item: Custody }) => {
  const may = useMay();
  const name = asset.name || asset.model || asset.tag;
  if (!may("assets:view")) return <span className={classes["name"]}>{name}</span>;
  return (
    <Link to="/assets/$id" params={{ id: asset.id }} className={classes["name"]}>
      {name}
    </Link>
  );
};

const ItemDetail = ({ item: { asset, checkedOutAt, endedAt, endedBy, note } }: { item: Custody }) => (
  <>
    {[asset.tag, asset.category].filter(Boolean).join(" · ")}
    {" · "}
    {endedAt === null ? (
      <>
        held since <Moment at={checkedOutAt} />
      </>
    ) : (
      <>
        <Moment at={endedAt} />
        {endedBy && ` by ${endedBy}`}
      </>
    )}
    {note && <div>“{note}”</div>}
  </>
);
