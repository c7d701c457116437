import type { Custody } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { CheckIn } from "./check-in.tsx";
import { Item } from "./item.tsx";
import classes from "./items.module.css";

type Props = {
  items: readonly Custody[];
  /** Whoever may check in does so here, from this person. */
  holder?: string;
};

/** Things that somebody holds or held. */
export const ItemList = ({ items, holder }: Props) => {
  const may = useMay();
  return (
    <ul className={classes["list"]}>
      {items.map((custody) => (
        <Item
          key={custody.id}
          custody={custody}
          action={
            holder !== undefined &&
            may("custody:check-in") && (
              <CheckIn asset={custody.asset} holder={holder} size="compact-sm" />
            )
          }
        />
      ))}
    </ul>
  );
};
