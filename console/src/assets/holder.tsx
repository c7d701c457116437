import type { AssetRow } from "../api/contract.ts";
import classes from "./assets.module.css";

/** Who has it; somebody disabled who still has it is to be seen at a glance. */
export const Holder = ({ holder }: { holder: AssetRow["holder"] }) =>
  holder && (
    <>
      {holder.name}
      {holder.status === "disabled" && (
        <div className={`${classes["second"]} ${classes["warn"]}`}>has left</div>
      )}
    </>
  );
