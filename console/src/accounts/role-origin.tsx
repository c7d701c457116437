import { IconLock } from "@tabler/icons-react";
import type { AccountRow, Origin } from "../api/contract.ts";
import { sayDay } from "../elements/time.ts";
import { dayOf } from "./lock-end.ts";
import classes from "./accounts.module.css";

export const originChoices: { value: Origin; label: string }[] = [
  { value: "mapping", label: "From a rule" },
  { value: "default", label: "Default" },
  { value: "lock", label: "Locked" },
  { value: "hand", label: "Given by hand" },
];

/** An access role, and below it where it comes from. */
export const RoleWithOrigin = ({ row }: { row: AccountRow }) => (
  <>
    <div>{row.role.name}</div>
    <div className={classes["second"]}>{sayOrigin(row)}</div>
  </>
);

export const lockChoices: { value: string; label: string }[] = [
  { value: "drifted", label: "Differs from the directory" },
  { value: "ending", label: "Ends within a week" },
];

const sayOrigin = (row: AccountRow) => {
  const { origin, originGroup, originCondition, drift, lockEndsAt } = row;
  if (origin === "hand") return "given by hand";
  if (origin === "mapping" && originCondition) return `because ${originCondition}`;
  if (origin === "mapping") return originGroup ? `from ${originGroup.name}` : "from a rule";
  if (origin === "default") return "default";
  return (
    <span className={classes["locked"]}>
      <IconLock size={12} aria-hidden />
      <span>
        locked
        {lockEndsAt && ` until ${sayDay(dayOf(lockEndsAt))}`}
        {drift && ` · directory would give ${drift.name}`}
      </span>
    </span>
  );
};
