import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Asset, AssetField } from "../api/contract.ts";

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: ["/assets", id],
    queryFn: ({ signal }) => get<Asset>(`/assets/${id}`, { signal }),
  });

/** The fields that an asset has, as the server declares them. */
export const assetFieldsQuery = queryOptions({
  queryKey: ["/asset-fields"],
  queryFn: async ({ signal }) =>
    (await get<{ items: AssetField[] }>("/asset-fields", { signal })).items,
  staleTime: 300_000,
});
