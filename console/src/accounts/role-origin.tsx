import { IconLock } from "@tabler/icons-react";
import type { AccountRow, Origin } from "../api/contract.ts";
import classes from "./accounts.module.css";

export const originChoices: { value: Origin; label: string }[] = [
  { value: "mapping", label: "From a group" },
  { value: "default", label: "Default" },
  { value: "lock", label: "Locked" },
];

/** An access role, and below it where it comes from. */
export const RoleWithOrigin = ({ row }: { row: AccountRow }) => (
  <>
    <div>{row.role.name}</div>
    <div className={classes["second"]}>{sayOrigin(row)}</div>
  </>
);

const sayOrigin = ({ origin, originGroup, local }: AccountRow) => {
  if (local) return "given by hand";
  if (origin === "mapping") return originGroup ? `from ${originGroup.name}` : "from a group";
  if (origin === "default") return "default";
  return (
    <span className={classes["locked"]}>
      <IconLock size={12} aria-hidden /> locked
    </span>
  );
};
