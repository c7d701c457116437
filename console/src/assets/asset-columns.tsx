import type { AssetField, AssetRow } from "../api/contract.ts";
import { describeColumns } from "../table/columns.ts";
import { RowLink } from "../table/row-link.tsx";
import classes from "./assets.module.css";
import { showField } from "./field-value.tsx";
import { Holder } from "./holder.tsx";

const describe = describeColumns<AssetRow>();

/** In rem, where what a field usually holds is shorter or longer than 9. */
const widths: Record<string, number> = { modelId: 10, categoryId: 7, statusId: 9.5, locationId: 8 };

/** Tag and name share the first column; every other field that the register lists has its own; the holder is last. */
export const assetColumns = (fields: readonly AssetField[]) =>
  describe.columns([
    describe.display({
      id: "tag",
      header: "Asset",
      cell: ({ row: { original: asset } }) => (
        <>
          <RowLink to="/assets/$id" params={{ id: asset.id }}>
            {asset.tag}
          </RowLink>
          <div className={classes["second"]}>{asset.name}</div>
        </>
      ),
      meta: { sort: "tag" },
    }),
    ...fields
      .filter(({ key, inList }) => inList && key !== "tag" && key !== "name")
      .map((field) =>
        describe.display({
          id: field.key,
          header: field.label,
          cell: ({ row }) => showField(row.original, field),
          meta: { width: widths[field.key] ?? 9, ...(field.sortable && { sort: field.key }) },
        }),
      ),
    describe.display({
      id: "holder",
      header: "Holder",
      cell: ({ row }) => <Holder holder={row.original.holder} />,
      meta: { width: 11 },
    }),
  ]);
