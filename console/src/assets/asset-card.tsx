import type { AssetRow } from "../api/contract.ts";
import { RowLink } from "../table/row-link.tsx";
import classes from "./assets.module.css";
import { AssetStatus } from "./status.tsx";

/** An asset where there is no room for columns. */
export const AssetCard = ({ asset }: { asset: AssetRow }) => (
  <>
    <div className={classes["head"]}>
      <RowLink to="/assets/$id" params={{ id: asset.id }}>
        {asset.tag}
      </RowLink>
      <AssetStatus status={asset.status} />
    </div>
    <div className={classes["second"]}>{asset.name}</div>
    <div>
      {asset.holder
        ? `${asset.holder.name}${asset.holder.status === "disabled" ? " (has left)" : ""}`
        : asset.location?.name}
    </div>
  </>
);
