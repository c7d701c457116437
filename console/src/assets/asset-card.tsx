import type { AssetRow } from "../api/contract.ts";
import { RowLink } from "../table/row-link.tsx";
import classes from "./assets.module.css";
import { Holder } from "./holder.tsx";
import { AssetState } from "./status.tsx";

/** An asset where there is no room for columns. */
export const AssetCard = ({ asset }: { asset: AssetRow }) => (
  <>
    <div className={classes["head"]}>
      <RowLink to="/assets/$id" params={{ id: asset.id }}>
        {asset.tag}
      </RowLink>
      <AssetState asset={asset} />
    </div>
    <div className={classes["second"]}>
      {[asset.name || asset.model?.name, asset.location?.name].filter(Boolean).join(" · ")}
    </div>
    <Holder holder={asset.holder} />
  </>
);
