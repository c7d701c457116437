import { IconDevices } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AssetRow } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { PageHead } from "../elements/page-head.tsx";
import { FilterSelect } from "../table/filter-select.tsx";
import { RecordList } from "../table/record-list.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import { AssetCard } from "./asset-card.tsx";
import { assetColumns } from "./asset-columns.tsx";
import { toSelectData, useAssetFields, useChoices } from "./queries.ts";
import { RegisterAsset } from "./register-asset.tsx";

const route = getRouteApi("/signed-in/assets");

const heldChoices = [
  { value: "true", label: "Checked out" },
  { value: "false", label: "With nobody" },
];

const showCard = (asset: AssetRow) => <AssetCard asset={asset} />;

export const AssetsPage = () => {
  const { sort, ...filters } = route.useSearch();
  const { search, status, category, location, held } = filters;
  const navigate = route.useNavigate();
  const may = useMay();
  const fields = useAssetFields();
  const columns = useMemo(() => assetColumns(fields ?? []), [fields]);
  const pages = usePages<AssetRow>("/assets", {
    search,
    held,
    sort,
    statusId: status,
    categoryId: category,
    locationId: location,
  });
  const go = (change: Partial<typeof filters> & { sort?: string | undefined }, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = () => void navigate({ search: sort === undefined ? {} : { sort } });
  return (
    <>
      <PageHead
        title="Assets"
        lead="Everything registered, and who holds it."
        actions={may("assets:create") && <RegisterAsset />}
      />
      <RecordList
        label="Assets"
        columns={columns}
        pages={{ ...pages, isPending: pages.isPending || fields === undefined }}
        sort={sort ?? "tag"}
        onSort={(wanted) => go({ sort: wanted === "tag" ? undefined : wanted })}
        card={showCard}
        nouns={["asset", "assets"]}
        isFiltered={isFiltered}
        onClear={clear}
        filters={
          <>
            <SearchBox
              label="Search tag, name or serial"
              value={search}
              onChange={(wanted) => go({ search: wanted }, true)}
            />
            <FilterSelect
              label="Status"
              value={status}
              choices={toSelectData(useChoices("statuses"))}
              onChange={(wanted) => go({ status: wanted })}
            />
            <FilterSelect
              label="Category"
              value={category}
              choices={toSelectData(useChoices("categories"))}
              onChange={(wanted) => go({ category: wanted })}
            />
            <FilterSelect
              label="Location"
              value={location}
              choices={toSelectData(useChoices("locations"))}
              onChange={(wanted) => go({ location: wanted })}
            />
            <FilterSelect
              label="Custody"
              value={held}
              choices={heldChoices}
              onChange={(wanted) => go({ held: wanted })}
            />
          </>
        }
        icon={IconDevices}
        nothing={{
          title: "Nothing is registered yet",
          text: "Register the first asset; its tag is the next free number unless you give one. Then check it out to the person who gets it.",
          action: may("assets:create") && <RegisterAsset />,
        }}
        noMatch={{
          title: "No asset is like that",
          text: "Take a filter away or search for another tag, name or serial number.",
        }}
      />
    </>
  );
};
