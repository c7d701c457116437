import { isPast, sayDay } from "../elements/time.ts";
import classes from "./items.module.css";

/** The day by which an item must be back, after what else is said of it. */
export const Due = ({ on }: { on: string }) => (
  <>
    {" · "}
    {isPast(on) ? (
      <span className={classes["overdue"]}>was due {sayDay(on)}</span>
    ) : (
      `due ${sayDay(on)}`
    )}
  </>
);
