import { Button } from "@mantine/core";
import { IconDevices } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AssetRow } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { FilterBar } from "../table/filter-bar.tsx";
import { FilterSelect } from "../table/filter-select.tsx";
import { RecordTable } from "../table/record-table.tsx";
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
      <FilterBar
        total={pages.total}
        nouns={["asset", "assets"]}
        isFiltered={isFiltered}
        onClear={clear}
      >
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
      </FilterBar>
      <RecordTable
        label="Assets"
        columns={columns}
        pages={{ ...pages, isPending: pages.isPending || fields === undefined }}
        sort={sort ?? "tag"}
        onSort={(wanted) => go({ sort: wanted === "tag" ? undefined : wanted })}
        card={showCard}
        empty={<NoAssets isFiltered={isFiltered} onClear={clear} />}
      />
    </>
  );
};

const NoAssets = ({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) => {
  const may = useMay();
  return isFiltered ? (
    <EmptyState
      icon={IconDevices}
      title="No asset is like that"
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Take a filter away or search for another tag, name or serial number.
    </EmptyState>
  ) : (
    <EmptyState
      icon={IconDevices}
      title="Nothing is registered yet"
      action={may("assets:create") && <RegisterAsset />}
    >
      Register the first asset; its tag is the next free number unless you give one. Then check it
      out to the person who gets it.
    </EmptyState>
  );
};
