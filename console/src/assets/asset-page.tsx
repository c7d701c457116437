import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Asset } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay } from "../app-shell/session.ts";
import { AssetCustody } from "../custody/asset-custody.tsx";
import { CheckIn } from "../custody/check-in.tsx";
import { CheckOut } from "../custody/check-out.tsx";
import { Facts } from "../elements/facts.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { HistorySection } from "../ledger/history-section.tsx";
import classes from "./assets.module.css";
import { callAsset } from "./call-asset.ts";
import { EditAsset } from "./edit-asset.tsx";
import { showField } from "./field-value.tsx";
import { HolderSection } from "./holder-section.tsx";
import { assetQuery, useAssetFields } from "./queries.ts";
import { AssetState } from "./status.tsx";

const route = getRouteApi("/signed-in/assets/$id");

export const AssetPage = () => {
  const { id } = route.useParams();
  const query = useQuery(assetQuery(id));
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  return <AssetView key={id} asset={query.data} />;
};

const AssetView = ({ asset }: { asset: Asset }) => {
  const may = useMay();
  const fields = useAssetFields() ?? [];
  return (
    <>
      <PageHead
        title={callAsset(asset)}
        crumbs={[<Link key="list" to="/assets" children="Assets" />]}
        aside={<AssetState asset={asset} />}
        actions={
          <>
            {may("assets:edit") && <EditAsset asset={asset} />}
            {asset.holder
              ? may("custody:check-in") && <CheckIn asset={asset} holder={asset.holder.name} />
              : may("custody:check-out") && <CheckOut asset={asset} />}
          </>
        }
      />
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <HolderSection asset={asset} />
          <Section title="Details">
            <Facts
              facts={Object.fromEntries([
                ...fields.map((field) => [field.label, showField(asset, field)]),
                ["Manufacturer", asset.manufacturer],
                ["Tenant", asset.tenant.name],
              ])}
            />
          </Section>
          {may("custody:view") && <AssetCustody assetId={asset.id} />}
        </div>
        <div className={classes["column"]}>
          <HistorySection path={`/assets/${asset.id}/history`} />
        </div>
      </div>
    </>
  );
};
