import type { ReactNode } from "react";
import type { Asset, AssetField, AssetRow, Named } from "../api/contract.ts";
import { sayDay } from "../elements/time.ts";
import { AssetState } from "./status.tsx";

const money = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** What an asset has in a field, shown as its type asks for. */
export const showField = (asset: AssetRow | Asset, field: AssetField): ReactNode => {
  if (field.key === "statusId") return <AssetState asset={asset} />;
  const value = readField(asset, field);
  if (value === null || value === undefined) return null;
  if (typeof value === "object") return value.name;
  if (typeof value === "number") return money.format(value);
  if (field.type === "date") return sayDay(value);
  if (field.type === "textarea") return <span style={{ whiteSpace: "pre-wrap" }}>{value}</span>;
  return value;
};

/** What the form starts with: text, or a choice's id. */
export const editField = (asset: Asset, field: AssetField): string => {
  const value = readField(asset, field) ?? "";
  return typeof value === "object" ? value.id : String(value);
};

type Value = string | number | Named | null | undefined;

/** A select's value is under its key without `Id`. */
const readField = (asset: object, { key, type }: AssetField): Value =>
  (asset as Record<string, Value>)[type === "select" ? key.replace(/Id$/, "") : key];
