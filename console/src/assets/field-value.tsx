import type { ReactNode } from "react";
import type { Asset, AssetField, AssetRow } from "../api/contract.ts";
import { sayDay } from "../elements/time.ts";
import { AssetStatus } from "./status.tsx";

const money = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** What an asset has in a field, shown as its type asks for; a select's value is under its key without `Id`. */
export const showField = (asset: AssetRow | Asset, { key, type }: AssetField): ReactNode => {
  if (key === "statusId") return <AssetStatus status={asset.status} />;
  const value = readField(asset, type === "select" ? key.replace(/Id$/, "") : key);
  if (value === null || value === undefined) return null;
  if (type === "select") return (value as { name: string }).name;
  if (type === "date") return sayDay(value as string);
  if (type === "number") return money.format(value as number);
  if (type === "textarea") return <span style={{ whiteSpace: "pre-wrap" }}>{String(value)}</span>;
  return String(value);
};

/** What the form starts with: text, or a choice's id. */
export const editField = (asset: Asset, { key, type }: AssetField): string => {
  if (type !== "select") return String(readField(asset, key) ?? "");
  const chosen = readField(asset, key.replace(/Id$/, "")) as { id: string } | null | undefined;
  return chosen?.id ?? "";
};

const readField = (asset: object, key: string): unknown => (asset as Record<string, unknown>)[key];
