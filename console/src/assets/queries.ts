import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Asset, AssetField, AssetStatus, Named } from "../api/contract.ts";

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

export type Options = NonNullable<AssetField["options"]>;

/** Where each list of choices is kept. */
export const choicePaths: Record<Options, string> = {
  models: "/asset-models",
  categories: "/asset-categories",
  statuses: "/asset-statuses",
  locations: "/locations",
};

/** What a select field of an asset can be; of one's own tenant unless another is named. */
export const choicesQuery = (options: Options, tenantId?: string) =>
  queryOptions({
    queryKey: [choicePaths[options], tenantId],
    queryFn: async ({ signal }) => {
      const query = { tenantId };
      return (await get<{ items: Named[] }>(choicePaths[options], { query, signal })).items;
    },
    staleTime: 60_000,
  });

export const statusesQuery = (tenantId?: string) =>
  queryOptions({
    ...choicesQuery("statuses", tenantId),
    queryFn: async ({ signal }) => {
      const query = { tenantId };
      return (await get<{ items: AssetStatus[] }>(choicePaths.statuses, { query, signal })).items;
    },
  });
